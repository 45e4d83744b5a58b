// SPDX-License-Identifier: GPL-2.0-or-later
// The APIs of others that are spoken here.
#include "ops/adapter.h"

#include "adapters/api_plus.h"
#include "adapters/markus.h"
#include "adapters/pr5019.h"

const struct adapter adapters[ADAPTER_COUNT] = {
    [ADAPTER_MARKUS] = {.name = "markus",
                        .rows = markus_rows,
                        .count = MARKUS_ROWS,
                        .code_of = markus_code_of,
                        .tell_failure = markus_tell_failure},
    [ADAPTER_API_PLUS] = {.name = "api_plus",
                          .rows = api_plus_rows,
                          .count = API_PLUS_ROWS,
                          .code_of = api_plus_code_of,
                          .tell_failure = api_plus_tell_failure},
    [ADAPTER_PR5019] = {.name = "pr5019",
                        .rows = pr5019_rows,
                        .count = PR5019_ROWS,
                        .takes = pr5019_takes,
                        .code_of = pr5019_code_of,
                        .tell_failure = pr5019_tell_failure},
};
