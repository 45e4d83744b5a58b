// SPDX-License-Identifier: GPL-2.0-or-later
// osticket-fcgi probe: what a client meets at a help desk, and how to mend it.
#include "inspect/probe.h"

#include "base/output.h"
#include "json/writer.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANSWER_MAX (8 << 20)

static const char usage[] =
    "osticket-fcgi probe URL [options]\n"
    "\n"
    "Asks a help desk from outside, as its clients do, and says for each thing whether it is right and how "
    "to mend it:\n"
    "who answers (osTicket's PHP or osticket-fcgi), both prefixes of the API, the folder in front, TLS and "
    "redirects, the\n"
    "help desk's own pages and sign-in, the key, CORS, the limit of bodies, times. Nothing is written.\n"
    "The URL is that of the help desk (https://desk.example/support) or of its API (.../api/http.php).\n"
    "\n"
    "  --key KEY        an API key; or in the environment as OSTICKET_API_KEY. It is never shown, and only "
    "sent to the URL\n"
    "                   itself, never where its certificate is bad.\n"
    "  --origin ORIGIN  a web page that calls the API: https://app.example\n"
    "  --plain URL      the http:// URL beside an https:// one, where it is not the same host's port 80\n"
    "  --max-body SIZE  the largest request body, in bytes or with K, M, G: [server] max_body (32M). "
    "Announced, not sent.\n"
    "  --no-pages       the help desk's own pages are not served there\n"
    "  --timeout N      seconds for an answer (20)\n"
    "  --tls-ca FILE    certificate authorities, instead of the system's\n"
    "  --strict         warnings count as errors\n"
    "  --json           the findings as JSON\n"
    "\n"
    "Ends with 0 when no finding is an error, 1 when one is, 2 when it could not be asked.\n";

void probe_find(struct probe *probe, enum probe_grade grade, const char *check, const char *mend,
                const char *format, ...) {
    if (probe->count == PROBE_FINDINGS_MAX) return;
    struct probe_finding *finding = &probe->findings[probe->count++];
    va_list values;
    finding->grade = grade;
    finding->check = check;
    va_start(values, format);
    vsnprintf(finding->text, sizeof finding->text, format, values);
    va_end(values);
    snprintf(finding->mend, sizeof finding->mend, "%s", mend);
}

// A size with K, M or G.
static bool read_size(const char *word, int64_t *size) {
    static const char units[] = "KMG";
    size_t length = strlen(word);
    const char *unit = length ? strchr(units, word[length - 1]) : NULL;
    int64_t number, factor = 1;
    bool good = text_to_int64((struct text){word, length - (unit ? 1 : 0)}, &number);
    for (const char *each = units; unit && each <= unit; each++) factor *= 1024;
    good = good && number > 0 && number <= (int64_t)1 << 40 && number * factor <= (int64_t)1 << 40;
    if (good) *size = number * factor;
    if (!good) fprintf(stderr, "osticket-fcgi: --max-body is \"%s\"; right would be a size like 32M\n", word);
    return good;
}

static bool read_origin(const char *word) {
    bool good = (strncmp(word, "https://", 8) == 0 || strncmp(word, "http://", 7) == 0) &&
                strlen(word) < 300 && !strchr(strstr(word, "//") + 2, '/');
    for (const char *c = word; good && *c; c++) good = *c > ' ' && *c <= '~';
    if (!good)
        fprintf(stderr, "osticket-fcgi: --origin is \"%s\"; right would be like https://app.example\n", word);
    return good;
}

static bool read_option(struct probe_options *options, int option, char **key) {
    char site[INSPECT_URL_MAX];
    switch (option) {
    case 'k': *key = optarg; return true;
    case 'o': options->origin = optarg; return read_origin(optarg);
    case 'p': options->plain = optarg; return inspect_site(optarg, site);
    case 'm': return read_size(optarg, &options->max_body);
    case 'n': options->pages = false; return true;
    case 't': return inspect_number("timeout", optarg, 1, 600, &options->timeout);
    case 'a': options->tls_ca = optarg; return true;
    case 's': options->strict = true; return true;
    case 'j': options->json = true; return true;
    default: return false;
    }
}

// 1: go on, 0: the usage was asked for, -1: wrong.
static int read_options(struct probe_options *options, int count, char **words) {
    static const struct option known[] = {
        {"key", required_argument, NULL, 'k'},
        {"origin", required_argument, NULL, 'o'},
        {"plain", required_argument, NULL, 'p'},
        {"max-body", required_argument, NULL, 'm'},
        {"no-pages", no_argument, NULL, 'n'},
        {"timeout", required_argument, NULL, 't'},
        {"tls-ca", required_argument, NULL, 'a'},
        {"strict", no_argument, NULL, 's'},
        {"json", no_argument, NULL, 'j'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    char *key = NULL;
    for (int option; (option = getopt_long(count, words, "h", known, NULL)) != -1;) {
        if (option == 'h') return 0;
        if (!read_option(options, option, &key)) return -1;
    }
    if (count - optind != 1) {
        fputs("osticket-fcgi: one URL is wanted\n", stderr);
        return -1;
    }
    return inspect_site(words[optind], options->site) && inspect_key(key, options->key) ? 1 : -1;
}

static const char *const grades[] = {[PROBE_OK] = "ok", [PROBE_WARNING] = "warning", [PROBE_ERROR] = "error"};

static size_t count_of(const struct probe *probe, enum probe_grade grade) {
    size_t count = 0;
    for (size_t i = 0; i < probe->count; i++) count += probe->findings[i].grade == grade;
    return count;
}

static void print_findings(const struct probe *probe) {
    for (size_t i = 0; i < probe->count; i++) {
        const struct probe_finding *finding = &probe->findings[i];
        printf("%s: ", grades[finding->grade]);
        inspect_print(finding->text);
        if (*finding->mend) printf("; mend: ");
        inspect_print(finding->mend);
        putchar('\n');
    }
}

static bool write_out(void *context, const char *bytes, size_t length) {
    return fwrite(bytes, 1, length, context) == length;
}

static void write_findings(const struct probe *probe) {
    struct output *output = malloc(sizeof *output);
    struct json_writer json;
    if (!output) return;
    output_init(output, write_out, stdout);
    json_writer_init(&json, output);
    json_open_object(&json);
    json_text_member(&json, "url", text_of(probe->options->site));
    json_integer_member(&json, "errors", (int64_t)count_of(probe, PROBE_ERROR));
    json_integer_member(&json, "warnings", (int64_t)count_of(probe, PROBE_WARNING));
    json_name(&json, "findings");
    json_open_array(&json);
    for (size_t i = 0; i < probe->count; i++) {
        const struct probe_finding *finding = &probe->findings[i];
        json_open_object(&json);
        json_text_member(&json, "check", text_of(finding->check));
        json_text_member(&json, "grade", text_of(grades[finding->grade]));
        json_text_member(&json, "finding", text_of(finding->text));
        json_text_member(&json, "mend", *finding->mend ? text_of(finding->mend) : TEXT_NULL);
        json_close_object(&json);
    }
    json_close_array(&json);
    json_close_object(&json);
    output_add_char(output, '\n');
    (void)!output_flush(output);
    free(output);
}

static int run(struct probe *probe) {
    if (probe_who(probe)) {
        probe_tls(probe);
        if (probe->options->pages) probe_pages(probe);
        probe_key(probe);
        probe_cors(probe);
        probe_limit(probe);
        probe_times(probe);
    }
    if (probe->options->json)
        write_findings(probe);
    else
        print_findings(probe);
    size_t bad = count_of(probe, PROBE_ERROR) + (probe->options->strict ? count_of(probe, PROBE_WARNING) : 0);
    return bad ? INSPECT_BAD : INSPECT_GOOD;
}

int probe_run(const char *config, int count, char **words) {
    static struct probe_options options;
    static struct probe probe; // both are large
    (void)config;
    options = (struct probe_options){.timeout = 20, .max_body = 32 << 20, .pages = true};
    int read = read_options(&options, count, words);
    if (read <= 0) {
        fputs(usage, read ? stderr : stdout);
        return read ? INSPECT_CANNOT : INSPECT_GOOD;
    }
    struct http_settings settings = {(unsigned)options.timeout, ANSWER_MAX, options.tls_ca};
    probe =
        (struct probe){.options = &options, .client = http_client_new(&settings), .prefix = "/api/http.php"};
    if (!probe.client) {
        fputs("osticket-fcgi: out of memory\n", stderr);
        return INSPECT_CANNOT;
    }
    int code = run(&probe);
    http_client_free(&probe.client);
    return code;
}
