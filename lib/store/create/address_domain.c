// SPDX-License-Identifier: GPL-2.0-or-later
// Domains of addresses.
#include "store/create/address_domain.h"

#include "base/words.h"

#include <string.h>

struct text address_domain(struct text address) {
    const char *at = address.length ? memrchr(address.data, '@', address.length) : NULL;
    if (!at) return TEXT("");
    return text_trim((struct text){at + 1, (size_t)(address.data + address.length - at - 1)});
}

bool address_domain_is_listed(struct text list, struct text domain) {
    for (struct text item; domain.length && list_next(&list, &item);) {
        item = text_trim(item);
        bool below = item.length > 1 && item.data[0] == '.';
        if (below ? text_ends_with_ignoring_case(domain, item) : text_equal_ignoring_case(domain, item))
            return true;
    }
    return false;
}
