/*
 * crypto_left_out.c - takes the place of crypto.c where OpenSSL's headers were not found.
 *
 * SPDX-License-Identifier: MIT
 */
#include "link/crypto.h"

#include <string.h>

enum br_status br_crypto_open(struct br_crypto **crypto, struct br_v3_crypto *ops,
			      struct br_error *err)
{
	*crypto = NULL;
	memset(ops, 0, sizeof *ops);
	return br_fail(err, BR_E_UNSUPPORTED,
		       "SNMPv3 was left out of this build: build again with OpenSSL's headers "
		       "(Debian: libssl-dev)");
}

void br_crypto_close(struct br_crypto *crypto)
{
	(void)crypto;
}
