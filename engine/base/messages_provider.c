/* base/messages_provider.c - what is said about signing in at identity
 * providers, and about asking other servers.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/messages_twins.h"

/* clang-format off */
const struct wf_twin wf_twins_provider[] = {
    /* --- connect/outgoing.c */
    { "\"%s\" leads into a network that is not public. If that is meant, say "
      "so where it is configured.",
      "“%s”指向非公开网络。如果确实需要，请在配置处注明。" },
    { "The answer of \"%s\" is too large.",
      "“%s”的应答过大。" },
    { "\"%s\" is no https address.",
      "“%s”不是 https 地址。" },
    { "\"%s\" does not answer (%s).",
      "“%s”没有应答（%s）。" },
    { "libcurl cannot be started.",
      "无法启动 libcurl。" },

    /* --- connect/id_token.c */
    { "The sign-in is refused: its token comes from another issuer.",
      "登录被拒绝：令牌来自其他签发者。" },
    { "The sign-in is refused: its token is meant for somebody else.",
      "登录被拒绝：令牌是发给其他应用的。" },
    { "The sign-in is refused: the time of its token is over.",
      "登录被拒绝：令牌已过期。" },
    { "The sign-in is refused: its token was not made now.",
      "登录被拒绝：令牌不是刚刚签发的。" },
    { "The sign-in is refused: its token answers another question.",
      "登录被拒绝：令牌对应的是另一次登录。" },
    { "This token does not tell that somebody has signed out.",
      "该令牌没有说明有人已退出登录。" },
    { "The sign-in is refused: its token belongs to another answer.",
      "登录被拒绝：令牌属于另一个应答。" },
    { "The sign-in is refused: its token names nobody.",
      "登录被拒绝：令牌没有指明用户。" },
    { "The sign-in is refused: there is no token that can be read.",
      "登录被拒绝：没有可读的令牌。" },
    { "The sign-in is refused: its token is not signed in a way that proves "
      "anything.",
      "登录被拒绝：令牌的签名方式不能证明任何事。" },
    { "The sign-in is refused: its token is signed with a key that is not the "
      "provider's.",
      "登录被拒绝：令牌所用的签名密钥不属于该身份提供方。" },
    { "The sign-in is refused: the signature of its token is wrong.",
      "登录被拒绝：令牌的签名不正确。" },

    /* --- connect/oidc.c, connect/provider_cache.c */
    { "\"%s\" does not answer as an OpenID provider does.",
      "“%s”的应答不像 OpenID 身份提供方。" },
    { "The provider \"%s\" says that it is another one.",
      "身份提供方“%s”自称是另一个。" },
    { "The provider \"%s\" does not do PKCE with S256.",
      "身份提供方“%s”不支持 S256 方式的 PKCE。" },
    { "The sign-in is refused: the provider does not take its code (status "
      "%ld). Try again.",
      "登录被拒绝：身份提供方不接受授权码（状态 %ld）。请重试。" },
    { "The sign-in is refused: another provider answers than was asked.",
      "登录被拒绝：应答的不是所询问的身份提供方。" },

    /* --- org/provider.c */
    { "There is no identity provider \"%s\".",
      "没有名为“%s”的身份提供方。" },
    { "\"%s\" is somebody else there already.",
      "“%s”在那里已经对应其他人。" },
    { "This sign-in was used already. Begin again.",
      "这次登录已经用过，请重新开始。" },

    /* --- api/provider.c, api/oidc.c */
    { "This has been told already: a logout token counts once.",
      "此退出通知已收到过：每个退出令牌只生效一次。" },
    { "\"%s\" is to be small letters, digits and \"-\".",
      "“%s”只能由小写字母、数字和“-”组成。" },
    { "\"%s\" is not the address of this server, such as "
      "https://weft.example.com.",
      "“%s”不是本服务器的地址，例如 https://weft.example.com。" },
    { "This sign-in was not begun in this browser, or too long ago. Begin "
      "again.",
      "这次登录不是在此浏览器中开始的，或已过太久。请重新开始。" },
    { "There is a \"%s\" here already. If that is you, an administrator has to "
      "say so (weft provider link).",
      "这里已经有“%s”。如果就是您，需要管理员确认（weft provider link）。" },
    { "The provider knows you, but nobody here is \"%s\". An administrator has "
      "to say who you are.",
      "身份提供方认识您，但这里没有人对应“%s”。需要管理员指明您是谁。" },
    { "The provider did not sign you in (%.40s).",
      "身份提供方没有让您登录（%.40s）。" },

    /* --- http */
    { "Signed out",
      "已退出" },
    { "You are signed out here, and still signed in at the identity provider.",
      "您已在此退出，但在身份提供方仍处于登录状态。" },
    { "Sign out there as well",
      "在那里也退出" },
    { "Sign in again",
      "重新登录" },

    /* --- cli */
    { "where people sign in beside here (OpenID); the secret is read from "
      "standard input",
      "除本地外还可在哪里登录（OpenID）；密钥从标准输入读取" },
    { "say which one, with --issuer, --client and --address",
      "请给出名称，以及 --issuer、--client 和 --address" },
    { "say where, who it is here, and who there",
      "请给出提供方、这里的登录名和那里的用户标识" },
    { "say which one",
      "请给出名称" },
    { NULL, NULL },
};
/* clang-format on */
