/*
 * crypto.h - the digests and ciphers of SNMPv3, from libcrypto, opened when first needed.
 *
 * A v2c check must not pay for libcrypto (it doubles the cost of a check), so it is opened by
 * dlopen with the soname the headers were built for. Built without its headers, the same
 * functions say that v3 was left out.
 *
 * SPDX-License-Identifier: MIT
 */
#ifndef BR_LINK_CRYPTO_H
#define BR_LINK_CRYPTO_H

#include "talk/v3.h"

/* One for a process or a thread, as the caller likes; not shared between threads. */
struct br_crypto;

/* On success *crypto must be closed, and *ops may be lent until then. */
enum br_status br_crypto_open(struct br_crypto **crypto, struct br_v3_crypto *ops,
			      struct br_error *err) BR_MUST_CHECK;
void br_crypto_close(struct br_crypto *crypto);

#endif
