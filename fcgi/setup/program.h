// SPDX-License-Identifier: GPL-2.0-or-later
// Programs of the system that the steps run.
#ifndef SETUP_PROGRAM_H
#define SETUP_PROGRAM_H

// Runs words[0] from PATH with these words, of which the last is NULL, and waits for its end. Its exit code;
// -1 when it cannot be run or was killed.
int setup_program_run(const char *const *words);

#endif
