// SPDX-License-Identifier: GPL-2.0-or-later
// How an answer in JSON says that all went well.
#ifndef OPS_SUCCESS_H
#define OPS_SUCCESS_H

#include "json/writer.h"

// The two members that end such an answer: "status_code":"0","status_msg":"success". (lib/ops/README.md)
static inline void success_write(struct json_writer *json) {
    json_text_member(json, "status_code", TEXT("0"));
    json_text_member(json, "status_msg", TEXT("success"));
}

#endif
