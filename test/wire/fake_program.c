// SPDX-License-Identifier: GPL-2.0-or-later
// The real pool, exchange and dispatch over a fake operation table and database.
#include "pool/master.h"
#include "pool/worker_count.h"
#include "serve/worker.h"

#include <fcgiapp.h>

int main(int count, char **arguments) {
    static const struct role roles[] = {{"worker", worker_count, worker_run, NULL}};
    if (count != 2 || FCGX_Init() != 0) return 2;
    return master_run(arguments[1], roles, 1);
}
