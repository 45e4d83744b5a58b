# SPDX-License-Identifier: GPL-2.0-or-later
"""Certificates that a test makes for itself."""
import os
import ssl
import subprocess


def certificate(folder, name, *more):
    """(path, context of a server) of a certificate for the name and `more` ("IP:127.0.0.1"), which is its own authority; its key lies
    at path + ".key"."""
    path = os.path.join(folder, name + ".pem")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                    "-subj", "/CN=" + name, "-addext", "subjectAltName=" + ",".join(("DNS:" + name, *more)), "-keyout", path + ".key", "-out", path],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, path + ".key")
    return path, context
