#!/bin/sh
# right: the netcat of OpenBSD
exec nc.openbsd "$@"
