// SPDX-License-Identifier: GPL-2.0-or-later
// Which departments see a new ticket beside its own. spec: piping.md 4.6.
#include "ops/create/creation.h"

#include "store/email/rows.h"

bool creation_write_referrals(struct creation *creation, struct error *error) {
    const struct create_by_mail *mail = creation->draft->mail;
    for (size_t i = 0; mail && i < mail->department_count; i++) {
        int64_t department = mail->departments[i];
        if (department == creation->decision->department_id ||
            !help_desk_node(&creation->draft->help_desk.departments, department))
            continue;
        int64_t *slot =
            arena_append(creation->arena, &creation->referred, &creation->referred_count, sizeof *slot);
        if (!slot) return error_too_large(error);
        *slot = department;
        if (!email_referral_insert(creation->db, creation->thread_id, department, error)) return false;
    }
    return true;
}
