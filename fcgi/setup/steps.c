// SPDX-License-Identifier: GPL-2.0-or-later
// The steps in their order; undoing goes the other way.
#include "setup/setup.h"

const struct setup_step setup_steps[] = {
    {"settings", setup_settings_plan, setup_settings_run}, {"access", setup_access_plan, setup_access_run},
    {"database", setup_schema_plan, setup_schema_run},     {"check", setup_check_plan, setup_check_run},
    {"server", setup_unit_plan, setup_unit_run},
};
const size_t setup_step_count = sizeof setup_steps / sizeof *setup_steps;
