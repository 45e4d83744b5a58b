// SPDX-License-Identifier: GPL-2.0-or-later
// `osticket-fcgi pipe`: a mail on standard input, handed to the running pool over its socket.
#include "command/pipe.h"

#include "auth/pipe_proof.h"
#include "base/buffer.h"
#include "config/settings.h"
#include "serve/php_fpm.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#define TIMEOUT_MS 300000
#define ANSWER_MAX 65536
#define WORDS_MAX  300 // of an answer, as they are shown

struct piping {
    struct buffer mail;
    size_t sent; // of it
    struct buffer answer;
};

static int fail(int code, const char *why) {
    fprintf(stderr, "osticket-fcgi pipe: %s\n", why);
    return code;
}

// All of standard input; 0, or what to end with.
static int read_mail(struct buffer *mail) {
    char bytes[65536];
    ssize_t got;
    while ((got = read(STDIN_FILENO, bytes, sizeof bytes)) != 0) {
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(EX_TEMPFAIL, strerror(errno));
        buffer_add(mail, bytes, (size_t)got);
    }
    if (mail->failed) return fail(EX_DATAERR, "the mail is larger than the server takes ([server] max_body)");
    return mail->length ? 0 : fail(EX_NOINPUT, "there is no mail on standard input");
}

// ---- the server

static ptrdiff_t next_piece(void *context, char *bytes, size_t room, struct error *error) {
    struct piping *piping = context;
    size_t left = piping->mail.length - piping->sent, length = left < room ? left : room;
    (void)error;
    memcpy(bytes, piping->mail.data + piping->sent, length);
    piping->sent += length;
    return (ptrdiff_t)length;
}

static bool take_answer(void *context, struct text bytes, struct error *error) {
    struct piping *piping = context;
    (void)error;
    buffer_add_text(&piping->answer, bytes);
    return true;
}

static void take_complaint(void *context, struct text bytes) {
    (void)context, (void)bytes;
}

static void add(struct buffer *parameters, const char *name, const char *value) {
    php_parameter_add(parameters, text_of(name), text_of(value));
}

static void add_parameters(const struct settings *settings, const char *proof, size_t length,
                           struct buffer *parameters) {
    char uri[512], digits[32];
    snprintf(uri, sizeof uri, "%s/tickets.email", settings->api.prefixes[0]);
    snprintf(digits, sizeof digits, "%zu", length);
    add(parameters, "REQUEST_METHOD", "POST");
    add(parameters, "REQUEST_URI", uri);
    add(parameters, "CONTENT_LENGTH", digits);
    add(parameters, "REMOTE_ADDR", "127.0.0.1");
    add(parameters, PIPE_PROOF_PARAMETER, proof);
}

static bool ask(const struct settings *settings, const char *proof, struct piping *piping,
                struct error *error) {
    static const struct php_sink sink = {take_answer, take_complaint};
    struct php_request request = {
        .endpoint = *settings->server.listen ? settings->server.listen : settings->server.socket,
        .timeout_ms = TIMEOUT_MS,
        .parameters = buffer_new(PHP_PARAMETERS_MAX),
        .read_body = next_piece,
    };
    add_parameters(settings, proof, piping->mail.length, &request.parameters);
    bool done = php_fpm_ask(&request, &sink, piping, error);
    buffer_free(&request.parameters);
    return done;
}

// ---- its answer

static int status_of(const struct buffer *answer) {
    int status = 0;
    const char *line = answer->length ? strstr(answer->data, "Status: ") : NULL;
    if (line && sscanf(line, "Status: %d", &status) != 1) status = 0;
    return answer->length && !line ? 200 : status;
}

static void say(const struct buffer *answer) {
    const char *body = answer->length ? strstr(answer->data, "\r\n\r\n") : NULL;
    char words[WORDS_MAX];
    snprintf(words, sizeof words, "%s", body ? body + 4 : "the server broke off");
    for (char *c = words; *c; c++)
        if ((unsigned char)*c < ' ') *c = ' ';
    fail(0, words);
}

static int code_of(int status) {
    if (status == 201) return EX_OK;
    if (status == 400 || status == 413 || status == 415 || status == 422) return EX_DATAERR;
    if (status == 401 || status == 403) return EX_NOPERM;
    return EX_TEMPFAIL;
}

static int hand_over(const struct settings *settings, struct piping *piping) {
    char proof[PIPE_PROOF_SIZE];
    struct error error = {0};
    if (!pipe_proof_make(text_of(settings->osticket.secret_salt), text_of(settings->database.password),
                         proof))
        return fail(EX_TEMPFAIL, "it needs osTicket's SECRET_SALT: [osticket] secret_salt");
    if (!settings->api.prefix_count) return fail(EX_TEMPFAIL, "[api] prefix is empty");
    if (!ask(settings, proof, piping, &error))
        return fail(EX_TEMPFAIL, *error.detail ? error.detail : "the server cannot be reached");
    int code = code_of(status_of(&piping->answer));
    if (code != EX_OK) say(&piping->answer);
    return code;
}

int pipe_command(const char *config_path, int count, char **words) {
    struct settings settings;
    struct error error = {0};
    (void)words;
    if (count > 0) {
        fputs("osticket-fcgi pipe        a mail on standard input becomes a ticket\n", stderr);
        return EX_USAGE;
    }
    // Whatever is wrong with the settings: the mail is not to be lost for it.
    if (!settings_load(config_path, &settings, &error)) return fail(EX_TEMPFAIL, error.message);
    struct piping piping = {.mail = buffer_new(settings.server.max_body), .answer = buffer_new(ANSWER_MAX)};
    int code = read_mail(&piping.mail);
    if (code == 0) code = hand_over(&settings, &piping);
    buffer_free(&piping.mail);
    buffer_free(&piping.answer);
    settings_free(&settings);
    return code;
}
