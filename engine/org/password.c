/* org/password.c - passwords checked and set.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/text.h"
#include "org/gate.h"

static const char SQL_ACCOUNT[] =
    "SELECT id, password, CASE WHEN service = 0 THEN active ELSE 0 END"
    " FROM person WHERE login = $1";
static const char SQL_LOGIN[] = "SELECT login FROM person WHERE id = $1";
static const char SQL_RENEW[] =
    "UPDATE person SET password = $2 WHERE id = $1 AND password = $3";
static const char SQL_SAVE[] =
    "UPDATE person SET password = $2, changed = $3 WHERE id = $1";

/* The hash of a password that nobody knows: who is unknown, or has none, is
 * checked against it, which takes as long. */
static const char NOBODYS[] = "$argon2id$v=19$m=65536,t=2,p=1$"
                              "YsprDNh9ZDx9kd0UwQdyIA$"
                              "K+6MBytuwNNfaHydXL0bclLskFKH11nP1SszHASil34";

/* Those of at least WF_PASSWORD_MIN characters that strangers try first, in
 * order. */
/* clang-format off */
static const char *const common[] = {
    "00000000", "000000000", "0123456789", "0987654321", "10203040", "11111111",
    "111111111", "11223344", "1122334455", "123123123", "12341234", "12344321",
    "12345678", "123456789", "1234567890", "123456789a", "12345678a",
    "123456abc", "13572468", "13579246", "147258369", "159357456", "1password",
    "1q2w3e4r", "1q2w3e4r5t", "1qaz2wsx", "1qazxsw2", "20202020", "22222222",
    "31415926", "33333333", "52013145", "5201314520", "55555555", "66666666",
    "741852963", "77777777", "789456123", "87654321", "88888888", "888888888",
    "987654321", "99999999", "a1234567", "a12345678", "a123456789", "a1b2c3d4",
    "aa123456", "aaaa1111", "aaaaaaaa", "abc12345", "abc123456", "abcd1234",
    "abcdefg1", "abcdefgh", "admin123", "admin1234", "admin888", "admin@123",
    "administrator", "arsenal1", "asdf1234", "asdfghjk", "asdfghjkl",
    "baseball", "basketball", "batman123", "changeme", "changeme1", "charlie1",
    "chelsea1", "china123", "computer", "corvette", "default1", "dragon123",
    "football", "guest123", "hello123", "hello1234", "helloworld", "iloveyou",
    "iloveyou1", "internet", "jennifer", "letmein1", "liverpool", "login123",
    "master123", "maverick", "mercedes", "michael1", "michelle", "midnight",
    "monkey123", "mypassword", "naruto123", "p@ssw0rd", "p@ssword", "pass1234",
    "pass12345", "passw0rd", "password", "password!", "password1", "password12",
    "password123", "password1234", "passwort", "pokemon1", "princess",
    "q1w2e3r4", "q1w2e3r4t5", "qwer1234", "qwerty12", "qwerty123", "qwerty1234",
    "qwertyui", "qwertyuiop", "root1234", "root123456", "samsung1", "secret123",
    "shadow12", "spring2026", "startrek", "starwars", "summer2026", "sunshine",
    "superman", "temp1234", "test1234", "test123456", "testtest", "trustno1",
    "user1234", "wang1234", "weft1234", "wefttest", "welcome1", "welcome123",
    "welcome2", "whatever", "winter2026", "woaini123", "woaini1314",
    "woaini520", "zaq12wsx", "zhang123", "zhongguo", "zxcvbnm1", "zxcvbnm123",
};
/* clang-format on */

static bool is_common(const char *folded)
{
    for (size_t i = 0; i < WF_COUNT(common); i++)
        if (wf_streq(common[i], folded))
            return true;
    return false;
}

/* --- Checking. */

struct account {
    wf_id id;
    const char *hash; /* NULL: no password */
    bool active;
};

static bool load_account(struct wf_call *call, const char *login,
                         struct account *out, weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;
    enum wf_fetch step;

    if (!wf_stmt_begin(call->db, SQL_ACCOUNT, &q, err))
        return false;
    wf_stmt_bind_text(&q, 1, login);
    step = wf_stmt_step(&q, err);
    if (step == WF_FETCH_ROW) {
        out->id = wf_stmt_int(&q, 0);
        out->hash = wf_stmt_str(&q, 1, call->arena);
        out->active = wf_stmt_int(&q, 2) != 0;
    }
    return step != WF_FETCH_ERROR;
}

/* The same password, hashed as it is done today; where there is no memory for
 * it now, some other time. */
static void renew(struct wf_call *call, const struct account *account,
                  const char *password, struct wf_checked *out)
{
    char *hash = wf_arena_alloc(call->arena, WF_PASSWORD_TEXT);
    weft_error err = WEFT_ERROR_INIT;

    if (!wf_password_is_weak(account->hash)
        || !wf_password_hash(password, strlen(password), hash, &err))
        return;
    out->stored = account->hash;
    out->renewed = hash;
}

/* Takes its time for everybody, whatever can be said before. */
static bool opens(const struct account *account, const char *password)
{
    bool matches = wf_password_matches(account->hash ? account->hash : NOBODYS,
                                       password, strlen(password));

    return matches && account->hash && account->active;
}

bool wf_password_check(struct wf_call *call, struct wf_gate *gate,
                       const struct wf_credentials *credentials,
                       struct wf_checked *out, weft_error *err)
{
    struct wf_credentials folded = *credentials;
    struct account account = { 0 };
    bool is_right;

    folded.login = wf_text_fold(call->arena, credentials->login);
    if (!wf_gate_enter(gate, &folded, err))
        return false;
    if (!load_account(call, folded.login, &account, err)) {
        wf_gate_leave(gate, &folded, WF_GATE_BROKEN);
        return false;
    }
    *out = (struct wf_checked){ .person = account.id };
    is_right = opens(&account, credentials->password);
    if (is_right)
        renew(call, &account, credentials->password, out);
    wf_gate_leave(gate, &folded, is_right ? WF_GATE_RIGHT : WF_GATE_WRONG);
    if (!is_right)
        return wf_fail(err, WEFT_E_SIGNED_OUT,
                       "The login or the password is wrong.");
    return true;
}

/* Unless it has been changed meanwhile. */
bool wf_password_renew(struct wf_call *call, const struct wf_checked *checked,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!checked->renewed)
        return true;
    if (!wf_stmt_begin(call->db, SQL_RENEW, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, checked->person);
    wf_stmt_bind_text(&q, 2, checked->renewed);
    wf_stmt_bind_text(&q, 3, checked->stored);
    return wf_stmt_run(&q, err);
}

/* --- Setting. */

static bool load_login(struct wf_call *call, wf_id person, const char **out,
                       weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_LOGIN, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    switch (wf_stmt_step(&q, err)) {
    case WF_FETCH_ROW:
        *out = wf_stmt_str(&q, 0, call->arena);
        return true;
    case WF_FETCH_DONE:
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no such person.");
    default:
        return false;
    }
}

bool wf_password_save_hash(struct wf_call *call, wf_id person, const char *hash,
                           weft_error *err)
{
    struct wf_stmt q WF_CLEANUP(wf_stmt_end) = WF_STMT_INIT;

    if (!wf_stmt_begin(call->db, SQL_SAVE, &q, err))
        return false;
    wf_stmt_bind_int(&q, 1, person);
    wf_stmt_bind_text(&q, 2, hash);
    wf_stmt_bind_int(&q, 3, call->now);
    if (!wf_stmt_run(&q, err))
        return false;
    if (!wf_stmt_changed(&q))
        return wf_fail(err, WEFT_E_NOTFOUND, "There is no such person.");
    return wf_sessions_end_of(call, person, err);
}

/* As many at once as the gate lets in. */
static bool make_hash(struct wf_gate *gate, const char *password,
                      char hash[WF_PASSWORD_TEXT], weft_error *err)
{
    bool made;

    if (gate && !wf_gate_begin(gate, err))
        return false;
    made = wf_password_hash(password, strlen(password), hash, err);
    if (gate)
        wf_gate_end(gate);
    return made;
}

bool wf_password_make(struct wf_call *call, struct wf_gate *gate, wf_id person,
                      const char *password, char hash[WF_PASSWORD_TEXT],
                      weft_error *err)
{
    const char *folded = wf_text_fold(call->arena, password);
    const char *login = NULL;

    if (!load_login(call, person, &login, err))
        return false;
    if (wf_streq(folded, login))
        return wf_fail(err, WEFT_E_INVALID,
                       "The password is the login. Choose another one.");
    if (is_common(folded))
        return wf_fail(err, WEFT_E_INVALID,
                       "That password is one of those that are tried first. "
                       "Choose another one.");
    return make_hash(gate, password, hash, err);
}

bool wf_password_save(struct wf_call *call, wf_id person, const char *password,
                      weft_error *err)
{
    char hash[WF_PASSWORD_TEXT];

    return wf_password_make(call, NULL, person, password, hash, err)
           && wf_password_save_hash(call, person, hash, err);
}
