/*
 * usm.c - the envelope of an SNMPv3 message: header, USM parameters, scoped PDU.
 *
 * The USM parameters are a BER sequence inside an OCTET STRING (RFC 3414 2.4), so lengths are
 * nested twice; each is checked against the one around it.
 *
 * SPDX-License-Identifier: MIT
 */
#include "decode/usm.h"

#include <string.h>

#define USER_MAX 32
#define MAC_MAX  48 /* SHA-512 of RFC 7860 */

/* msgGlobalData: id, largest message the sender takes, flags, security model. */
static bool read_header(struct br_ber *in, struct br_usm *usm)
{
	struct br_tlv header, flags;
	int32_t model;
	if (!br_ber_take_tag(in, BR_BER_SEQUENCE, &header))
		return false;
	struct br_ber fields = {header.data, header.data + header.len};
	if (!br_ber_take_int(&fields, &usm->id) || usm->id < 0)
		return false;
	if (!br_ber_take_int(&fields, &usm->max_size) || usm->max_size < 0)
		return false;
	if (!br_ber_take_tag(&fields, BR_BER_OCTETS, &flags) || flags.len != 1)
		return false;
	if (!br_ber_take_int(&fields, &model) || model != BR_USM_MODEL)
		return false;
	usm->flags = flags.data[0] & (BR_USM_AUTH | BR_USM_PRIV | BR_USM_REPORTABLE);
	/* RFC 3412 7.2 step 5d: privacy without authentication is no level. */
	return (usm->flags & (BR_USM_AUTH | BR_USM_PRIV)) != BR_USM_PRIV;
}

static bool take_octets(struct br_ber *in, size_t max, struct br_tlv *tlv)
{
	return br_ber_take_tag(in, BR_BER_OCTETS, tlv) && tlv->len <= max;
}

static bool read_parameters(struct br_ber *in, struct br_usm *usm)
{
	struct br_tlv wrapped, parameters;
	if (!br_ber_take_tag(in, BR_BER_OCTETS, &wrapped))
		return false;
	struct br_ber inner = {wrapped.data, wrapped.data + wrapped.len};
	if (!br_ber_take_tag(&inner, BR_BER_SEQUENCE, &parameters))
		return false;
	struct br_ber fields = {parameters.data, parameters.data + parameters.len};
	if (!take_octets(&fields, BR_USM_ENGINE_MAX, &usm->engine))
		return false;
	if (!br_ber_take_int(&fields, &usm->boots) || usm->boots < 0)
		return false;
	if (!br_ber_take_int(&fields, &usm->time) || usm->time < 0)
		return false;
	return take_octets(&fields, USER_MAX, &usm->user) &&
	       take_octets(&fields, MAC_MAX, &usm->mac) &&
	       take_octets(&fields, BR_USM_SALT_LEN, &usm->salt);
}

bool br_usm_read(const uint8_t *datagram, size_t len, struct br_usm *usm)
{
	struct br_ber in = {datagram, datagram + len};
	struct br_tlv message;
	int32_t version;
	memset(usm, 0, sizeof *usm);
	if (!br_ber_take_tag(&in, BR_BER_SEQUENCE, &message))
		return false;
	usm->whole_len = (size_t)(in.at - datagram);
	struct br_ber fields = {message.data, message.data + message.len};
	if (!br_ber_take_int(&fields, &version) || version != BR_SNMP_V3)
		return false;
	if (!read_header(&fields, usm) || !read_parameters(&fields, usm))
		return false;
	const uint8_t tag = usm->flags & BR_USM_PRIV ? BR_BER_OCTETS : BR_BER_SEQUENCE;
	/* The scoped PDU is kept with its header, as it stands after deciphering. */
	const uint8_t *scoped = fields.at;
	if (!br_ber_take_tag(&fields, tag, &usm->data) || fields.at != fields.end)
		return false;
	if (tag == BR_BER_SEQUENCE) {
		usm->data.data = scoped;
		usm->data.len = (size_t)(fields.end - scoped);
	}
	return true;
}

bool br_scoped_read(const uint8_t *data, size_t len, struct br_scoped *scoped)
{
	struct br_ber in = {data, data + len};
	struct br_tlv whole;
	if (!br_ber_take_tag(&in, BR_BER_SEQUENCE, &whole))
		return false;
	scoped->pdu = (struct br_ber){whole.data, whole.data + whole.len};
	return br_ber_take_tag(&scoped->pdu, BR_BER_OCTETS, &scoped->engine) &&
	       br_ber_take_tag(&scoped->pdu, BR_BER_OCTETS, &scoped->context);
}

void br_scoped_write(struct br_ber_out *out, const struct br_tlv *engine,
		     struct br_view context, const struct br_question *question)
{
	const uint8_t *end = out->at;
	br_pdu_write(out, question);
	br_ber_put(out, BR_BER_OCTETS, context.at, context.len);
	br_ber_put(out, BR_BER_OCTETS, engine->data, engine->len);
	br_ber_wrap(out, BR_BER_SEQUENCE, end);
}

/* Backwards: salt, MAC, user, time, boots, engine. Returns the place of the MAC. */
static uint8_t *put_parameters(struct br_ber_out *out, const struct br_usm *usm)
{
	static const uint8_t zeros[MAC_MAX];
	const uint8_t *end = out->at;
	br_ber_put(out, BR_BER_OCTETS, usm->salt.data, usm->salt.len);
	const uint8_t *end_of_mac = out->at;
	br_ber_put_raw(out, zeros, usm->mac.len <= MAC_MAX ? usm->mac.len : MAC_MAX);
	uint8_t *mac = out->at;
	br_ber_wrap(out, BR_BER_OCTETS, end_of_mac);
	br_ber_put(out, BR_BER_OCTETS, usm->user.data, usm->user.len);
	br_ber_put_int(out, BR_BER_INTEGER, usm->time);
	br_ber_put_int(out, BR_BER_INTEGER, usm->boots);
	br_ber_put(out, BR_BER_OCTETS, usm->engine.data, usm->engine.len);
	br_ber_wrap(out, BR_BER_SEQUENCE, end);
	br_ber_wrap(out, BR_BER_OCTETS, end);
	return mac;
}

uint8_t *br_usm_write(struct br_ber_out *out, const struct br_usm *usm,
		      const uint8_t *end_of_data)
{
	uint8_t *mac = put_parameters(out, usm);
	const uint8_t *end = out->at;
	br_ber_put_int(out, BR_BER_INTEGER, BR_USM_MODEL);
	br_ber_put(out, BR_BER_OCTETS, &usm->flags, 1);
	br_ber_put_int(out, BR_BER_INTEGER, usm->max_size);
	br_ber_put_int(out, BR_BER_INTEGER, usm->id);
	br_ber_wrap(out, BR_BER_SEQUENCE, end);
	br_ber_put_int(out, BR_BER_INTEGER, BR_SNMP_V3);
	br_ber_wrap(out, BR_BER_SEQUENCE, end_of_data);
	return out->full ? NULL : mac;
}
