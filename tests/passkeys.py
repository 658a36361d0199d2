"""A passkey in software: it is made and unlocked as a phone would, without a browser."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import User

HOST = "testserver"
Flag = AuthenticatorData.FLAG


@dataclass
class Passkey:
    """One key pair for one person at one host."""

    user: User
    host: str = HOST
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def made(self, options: dict[str, Any]) -> str:
        """Return what the browser sends when the key is made for ``options``."""
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call]  # fido2's
        known = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        seen = AuthenticatorData.create(self._host_digest, Flag.UP | Flag.UV | Flag.AT, 0, known)
        told = {
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", seen, {})))
        }
        return self._sent("webauthn.create", options, told, {"credProps": {"rk": True}})

    def unlocked(self, options: dict[str, Any]) -> str:
        """Return what the browser sends when the key is unlocked for ``options``."""
        seen = bytes(AuthenticatorData.create(self._host_digest, Flag.UP | Flag.UV, 1))
        client = self._client("webauthn.get", options)
        signature = self._key.sign(
            seen + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        told = {
            "authenticatorData": websafe_encode(seen),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(user_pk_to_url_str(self.user).encode()),
        }
        return self._sent("webauthn.get", options, told, {})

    @property
    def _host_digest(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        told = {"type": kind, "challenge": challenge, "origin": f"https://{self.host}"}
        return json.dumps(told).encode()

    def _sent(
        self, kind: str, options: dict[str, Any], told: dict[str, str], results: dict[str, Any]
    ) -> str:
        return json.dumps(
            {
                "id": websafe_encode(self.id),
                "rawId": websafe_encode(self.id),
                "type": "public-key",
                "response": {"clientDataJSON": websafe_encode(self._client(kind, options)), **told},
                "clientExtensionResults": results,
            }
        )


def make_passkey(user: User) -> Authenticator:
    """Give ``user`` a passkey without walking through the pages."""
    made = json.loads(Passkey(user).made({"publicKey": {"challenge": "AAAA"}}))
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Nyckel 1", "credential": made}
    )
