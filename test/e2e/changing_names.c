// SPDX-License-Identifier: GPL-2.0-or-later
// A stand-in for the system's resolver, by LD_PRELOAD: names that end in .test lead to the addresses of the
// next line of the file that NAMES names, commas between; the last line stays.
#include <dlfcn.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef int resolver(const char *, const char *, const struct addrinfo *, struct addrinfo **);

static int asked;

static void next_line(char line[512]) {
    FILE *file = fopen(getenv("NAMES"), "r");
    *line = '\0';
    for (int i = 0; file && i <= asked && fgets(line, 512, file); i++) line[strcspn(line, "\n")] = '\0';
    if (file) fclose(file);
    asked++;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
                struct addrinfo **found) {
    resolver *real = (resolver *)dlsym(RTLD_NEXT, "getaddrinfo");
    size_t length = name ? strlen(name) : 0;
    char line[512], *rest = NULL;
    struct addrinfo numeric = hints ? *hints : (struct addrinfo){0}, **end = found;
    if (length < 5 || strcmp(name + length - 5, ".test") != 0) return real(name, service, hints, found);
    next_line(line);
    numeric.ai_flags |= AI_NUMERICHOST;
    numeric.ai_family = AF_UNSPEC;
    *found = NULL;
    for (char *word = strtok_r(line, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
        if (real(word, service, &numeric, end) != 0) return EAI_NONAME;
        while (*end) end = &(*end)->ai_next;
    }
    return *found ? 0 : EAI_NONAME;
}
