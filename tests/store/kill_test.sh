#!/bin/sh
# kill_test.sh - ten rounds of what tests/long/store_kill.sh does two hundred times.
# SPDX-License-Identifier: MIT
KILL_ROUNDS=10 exec sh tests/long/store_kill.sh
