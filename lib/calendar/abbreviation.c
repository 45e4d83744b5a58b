// SPDX-License-Identifier: GPL-2.0-or-later
// Abbreviations of time zones, from files as RFC 8536 describes them.
#include "calendar/abbreviation.h"

#include <stdio.h>
#include <string.h>

#define FOLDER   "/usr/share/zoneinfo/"
#define FILE_MAX 65536
#define HEADER   44

struct header {
    size_t utc_indicators, standard_indicators, leaps, transitions, types, characters;
};

struct zone_file {
    unsigned char bytes[FILE_MAX + 1];
    size_t length;
};

static uint32_t big_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int64_t instant(const unsigned char *bytes) {
    return (int64_t)((uint64_t)big_endian(bytes) << 32 | big_endian(bytes + 4));
}

// A name of ICU's list, but nothing that leads out of the folder.
static bool read_file(const char *name, struct zone_file *file) {
    char path[sizeof FOLDER + 64];
    if (strstr(name, "..") || name[0] == '/') return false;
    snprintf(path, sizeof path, FOLDER "%s", name);
    FILE *stream = fopen(path, "rbe");
    if (!stream) return false;
    file->length = fread(file->bytes, 1, FILE_MAX, stream);
    fclose(stream);
    file->bytes[file->length] = '\0';
    return file->length > HEADER && memcmp(file->bytes, "TZif", 4) == 0 && file->bytes[4] >= '2';
}

static struct header read_header(const unsigned char *bytes) {
    return (struct header){big_endian(bytes + 20), big_endian(bytes + 24), big_endian(bytes + 28),
                           big_endian(bytes + 32), big_endian(bytes + 36), big_endian(bytes + 40)};
}

static size_t block_length(const struct header *header, size_t time_size) {
    return header->transitions * (time_size + 1) + header->types * 6 + header->characters +
           header->leaps * (time_size + 4) + header->standard_indicators + header->utc_indicators;
}

static bool take(const char *from, size_t length, char abbreviation[ABBREVIATION_SIZE]) {
    if (!length || length >= ABBREVIATION_SIZE) return false;
    memcpy(abbreviation, from, length);
    abbreviation[length] = '\0';
    return true;
}

// The abbreviation in a rule such as "CET-1CEST,M3.5.0,M10.5.0/3" or "<+03>-3"; moves `*at` behind it.
static bool take_rule_name(const char **at, char abbreviation[ABBREVIATION_SIZE]) {
    if (**at == '<') {
        size_t length = strcspn(++*at, ">\n");
        bool taken = take(*at, length, abbreviation);
        *at += length + ((*at)[length] == '>');
        return taken;
    }
    size_t length = strspn(*at, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    bool taken = take(*at, length, abbreviation);
    *at += length;
    return taken;
}

// Seconds east of UTC: the rule counts the other way.
static int32_t take_rule_offset(const char **at) {
    int hours = 0, minutes = 0, seconds = 0, length = 0;
    bool west = **at != '-';
    if (**at == '-' || **at == '+') ++*at;
    sscanf(*at, "%2d%n:%2d%n:%2d%n", &hours, &length, &minutes, &length, &seconds, &length);
    *at += length;
    return (west ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}

static bool by_rule(const char *rule, int32_t offset, char abbreviation[ABBREVIATION_SIZE]) {
    if (!take_rule_name(&rule, abbreviation)) return false;
    if (take_rule_offset(&rule) == offset) return true;
    return take_rule_name(&rule, abbreviation);
}

bool abbreviation_of(struct zone *zone, int64_t utc, char abbreviation[ABBREVIATION_SIZE]) {
    struct zone_file file;
    if (!read_file(zone_name(zone), &file)) return false;
    struct header header = read_header(file.bytes);
    size_t second = HEADER + block_length(&header, 4);
    if (second + HEADER > file.length) return false;
    header = read_header(file.bytes + second);
    const unsigned char *times = file.bytes + second + HEADER, *kinds = times + header.transitions * 8;
    const unsigned char *types = kinds + header.transitions;
    const char *characters = (const char *)types + header.types * 6;
    size_t end = second + HEADER + block_length(&header, 8);
    if (end >= file.length || header.types == 0) return false;
    size_t passed = 0;
    while (passed < header.transitions && instant(times + passed * 8) <= utc) passed++;
    const char *rule = (const char *)file.bytes + end + 1;
    if (passed == header.transitions && *rule && *rule != '\n')
        return by_rule(rule, zone_offset(zone, utc), abbreviation);
    size_t type = passed ? kinds[passed - 1] : 0;
    size_t index = type < header.types ? types[type * 6 + 5] : header.characters;
    if (index >= header.characters) return false;
    return take(characters + index, strnlen(characters + index, header.characters - index), abbreviation);
}

// As PHP reads them, whatever the zone was whose clock is called so: "IST" is Israel's, not India's.
bool abbreviation_offset(struct text abbreviation, int32_t *offset) {
    static const struct {
        const char *name;
        int32_t seconds;
    } known[] = {
        {"Z", 0},         {"UTC", 0},      {"GMT", 0},      {"WET", 0},      {"WEST", 3600},
        {"BST", 3600},    {"CET", 3600},   {"CEST", 7200},  {"EET", 7200},   {"EEST", 10800},
        {"MSK", 10800},   {"EST", -18000}, {"EDT", -14400}, {"CST", -21600}, {"CDT", -18000},
        {"MST", -25200},  {"MDT", -21600}, {"PST", -28800}, {"PDT", -25200}, {"AKST", -32400},
        {"AKDT", -28800}, {"HST", -36000}, {"HDT", -34200}, {"JST", 32400},  {"AEST", 36000},
        {"AEDT", 39600},  {"ACST", 34200}, {"ACDT", 37800}, {"AWST", 28800}, {"NZST", 43200},
        {"NZDT", 46800},  {"AST", -14400}, {"ADT", -10800}, {"NST", -12600}, {"NDT", -9052},
        {"CAT", 7200},    {"CHST", 36000}, {"EAT", 10800},  {"HKT", 28800},  {"IDT", 10800},
        {"IST", 7200},    {"KST", 30600},  {"PKT", 18000},  {"SAST", 7200},  {"SST", -39600},
        {"WAT", 3600},    {"WIB", 25200},  {"WIT", 32400},  {"WITA", 28800},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (text_equal_ignoring_case(abbreviation, text_of(known[i].name))) {
            *offset = known[i].seconds;
            return true;
        }
    return false;
}
