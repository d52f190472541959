/* http/handlers.h - what each row of the route table does.
 *
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HTTP_HANDLERS_H
#define HTTP_HANDLERS_H

#include "http/request.h"
#include "http/route.h"

extern http_handler_fn http_session_add;
extern http_handler_fn http_session_end;
extern http_handler_fn http_session_me;
extern http_handler_fn http_person_readers;
extern http_handler_fn http_person_data;
extern http_handler_fn http_person_erase;
extern http_handler_fn http_provider_names;
extern http_handler_fn http_provider_list;
extern http_handler_fn http_provider_set;
extern http_handler_fn http_provider_remove;
extern http_handler_fn http_provider_link;
extern http_handler_fn http_provider_begin;
extern http_handler_fn http_provider_finish;
extern http_handler_fn http_provider_leave;
extern http_handler_fn http_provider_logout;

/* Channels: handlers_channel.c */
extern http_handler_fn http_channel_list;
extern http_handler_fn http_channel_set;
extern http_handler_fn http_channel_remove;
extern http_handler_fn http_channel_link;
extern http_handler_fn http_channel_test;
extern http_handler_fn http_channel_hear;
extern http_handler_fn http_connector_list;
extern http_handler_fn http_connector_run;
extern http_handler_fn http_token_add;
extern http_handler_fn http_token_list;
extern http_handler_fn http_token_end;
extern http_handler_fn http_session_list;
extern http_handler_fn http_session_end_one;
extern http_handler_fn http_session_end_others;
extern http_handler_fn http_person_sessions;
extern http_handler_fn http_person_sessions_end;

extern http_handler_fn http_bot_ask;
extern http_handler_fn http_bot_intents;

extern http_handler_fn http_form_list;
extern http_handler_fn http_form_get;
extern http_handler_fn http_form_xml;
extern http_handler_fn http_form_bpmn;
extern http_handler_fn http_form_versions;
extern http_handler_fn http_form_release;
extern http_handler_fn http_form_retire;
extern http_handler_fn http_form_rollback;
extern http_handler_fn http_form_migrate;
extern http_handler_fn http_migration_list;
extern http_handler_fn http_migration_get;
extern http_handler_fn http_form_overlays;
extern http_handler_fn http_retention;
extern http_handler_fn http_adjustable;
extern http_handler_fn http_form_adjustable;
extern http_handler_fn http_form_adjust;
extern http_handler_fn http_form_lint;
extern http_handler_fn http_form_diff;
extern http_handler_fn http_definition_list;
extern http_handler_fn http_metric_list;
extern http_handler_fn http_metric_feed;
extern http_handler_fn http_metric_import;
extern http_handler_fn http_metric_series;
extern http_handler_fn http_metric_episodes;
extern http_handler_fn http_definition_versions;
extern http_handler_fn http_definition_xml;
extern http_handler_fn http_definition_diff;
extern http_handler_fn http_form_clone;
extern http_handler_fn http_form_simulate;
extern http_handler_fn http_form_evaluate;
extern http_handler_fn http_form_hooks;
extern http_handler_fn http_form_try;
extern http_handler_fn http_definition_add;

extern http_handler_fn http_document_add;
extern http_handler_fn http_document_list;
extern http_handler_fn http_document_export;
extern http_handler_fn http_report_list;
extern http_handler_fn http_usage_list;
extern http_handler_fn http_audit;
extern http_handler_fn http_report_get;
extern http_handler_fn http_report_documents;
extern http_handler_fn http_dashboard_list;
extern http_handler_fn http_dashboard_get;
extern http_handler_fn http_document_get;
extern http_handler_fn http_document_patch;
extern http_handler_fn http_document_delete;
extern http_handler_fn http_document_act;
extern http_handler_fn http_document_history;
extern http_handler_fn http_document_comments;
extern http_handler_fn http_document_comment;
extern http_handler_fn http_document_children;
extern http_handler_fn http_document_chain;
extern http_handler_fn http_document_lights;
extern http_handler_fn http_document_proposal;
extern http_handler_fn http_document_explain;
extern http_handler_fn http_work_list;
extern http_handler_fn http_work_batch;
extern http_handler_fn http_event_stream;
extern http_handler_fn http_notification_list;
extern http_handler_fn http_notification_read;
extern http_handler_fn http_notification_settings;
extern http_handler_fn http_notification_settings_set;
extern http_handler_fn http_document_react;
extern http_handler_fn http_document_reactions;

extern http_handler_fn http_document_override;
extern http_handler_fn http_cycle_list;
extern http_handler_fn http_cycle_get;
extern http_handler_fn http_cycle_launch;
extern http_handler_fn http_cycle_run;
extern http_handler_fn http_cycle_members;
extern http_handler_fn http_cycle_reveal;
extern http_handler_fn http_cycle_remind;
extern http_handler_fn http_cycle_calibration;

extern http_handler_fn http_copy_list;
extern http_handler_fn http_document_copies;
extern http_handler_fn http_copy_read;
extern http_handler_fn http_delegation_list;
extern http_handler_fn http_delegation_add;
extern http_handler_fn http_delegation_end;
extern http_handler_fn http_handover;
extern http_handler_fn http_file_add;
extern http_handler_fn http_file_get;
extern http_handler_fn http_document_files;
extern http_handler_fn http_backlog_list;
extern http_handler_fn http_backlog_revive;
extern http_handler_fn http_backlog_drop;

extern http_handler_fn http_people_list;
extern http_handler_fn http_person_get;
extern http_handler_fn http_person_lines;
extern http_handler_fn http_person_record;
extern http_handler_fn http_person_add;
extern http_handler_fn http_person_edit;
extern http_handler_fn http_unit_record;
extern http_handler_fn http_unit_add;
extern http_handler_fn http_unit_edit;
extern http_handler_fn http_unit_move;
extern http_handler_fn http_planned_list;
extern http_handler_fn http_planned_cancel;
extern http_handler_fn http_history_import;
extern http_handler_fn http_unit_list;
extern http_handler_fn http_role_list;
extern http_handler_fn http_people_import;
extern http_handler_fn http_unit_import;
extern http_handler_fn http_setting_list;
extern http_handler_fn http_setting_set;

extern http_handler_fn http_scim_list;
extern http_handler_fn http_scim_get;
extern http_handler_fn http_scim_add;
extern http_handler_fn http_scim_replace;
extern http_handler_fn http_scim_patch;
extern http_handler_fn http_scim_remove;
extern http_handler_fn http_scim_config;
extern http_handler_fn http_scim_types;
extern http_handler_fn http_scim_type;
extern http_handler_fn http_scim_schemas;
extern http_handler_fn http_scim_schema;

extern http_handler_fn http_calendar;
extern http_handler_fn http_mcp_answer;
extern http_handler_fn http_mcp_resource;

extern http_handler_fn http_machine_health;
extern http_handler_fn http_machine_ready;
extern http_handler_fn http_machine_metrics;
extern http_handler_fn http_machine_openapi;

extern http_handler_fn http_page_sign_out;
extern http_handler_fn http_page_style;
extern http_handler_fn http_page_app;

extern http_handler_fn http_asset;
extern http_handler_fn http_root_file;

#endif
