// SPDX-License-Identifier: GPL-2.0-or-later
// The programs beside the workers.
#include "check/checks.h"
#include "pool/own_program.h"

bool check_program(bool is_wanted, const char *program, const char *what, struct findings *findings) {
    struct error error = {0};
    if (!is_wanted || own_program_check(program, &error)) return true;
    findings_tell(findings, SCHEMA_WRONG, "install osticket-fcgi once more, and what it is built with",
                  "%s cannot be run: %s", what, error.message);
    return false;
}
