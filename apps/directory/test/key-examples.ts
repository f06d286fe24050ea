import { generateKey, type KeyOptions } from 'openpgp'

/** A fresh OpenPGP key as other programs make them (v4), and its private half. */
export async function openpgpKeyOf(
  emails: readonly string[],
  more: Partial<KeyOptions> = {},
): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  const userIDs = emails.map((email) => ({ name: 'Duty team', email }))
  const { publicKey, privateKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    // A moment ago: what was signed in this very second is not valid yet to a clock that stands still.
    date: new Date('2025-01-01T00:00:00Z'),
    ...more,
    userIDs,
    format: 'armored',
  })
  return { publicKey, privateKey }
}

/** Made by OpenSSL: P-256, for poc@cert.sahiliya.example, for a hundred years. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIB1DCCAXugAwIBAgIUGs3N7sk/de+pCXrvFvab1d45BCIwCgYIKoZIzj0EAwIw
LDEWMBQGA1UECgwNU2FoaWxpeWEgQ0VSVDESMBAGA1UEAwwJRHV0eSB0ZWFtMCAX
DTI2MTEyNjIwMDY1OVoYDzIxMjYxMTAyMjAwNjU5WjAsMRYwFAYDVQQKDA1TYWhp
bGl5YSBDRVJUMRIwEAYDVQQDDAlEdXR5IHRlYW0wWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATvdnU/wR32W8x8pf526RlnD+oQr9yU6OTRXRlFR05nJe2LuN8ulJyy
lCDA2XpMKSPd49/WdOyY66PBBTgTgDSto3kwdzAdBgNVHQ4EFgQUnGrC5VPuQb9i
v2oAaNjZX1CgYOIwHwYDVR0jBBgwFoAUnGrC5VPuQb9iv2oAaNjZX1CgYOIwDwYD
VR0TAQH/BAUwAwEB/zAkBgNVHREEHTAbgRlwb2NAY2VydC5zYWhpbGl5YS5leGFt
cGxlMAoGCCqGSM49BAMCA0cAMEQCIE00f5xzY4t2WR/HrfPB2ZiO75Ifh94zpNgW
9yOn6uxbAiA8J+VHILJhuy/XJrmn4DpbLzfdVzcrUVAhwawwnP5whg==
-----END CERTIFICATE-----`

/** RSA of 1024 bits, for nobody. */
export const weakCertificate = `-----BEGIN CERTIFICATE-----
MIIB+jCCAWOgAwIBAgIUNED06IAznFkA8kusiaZQud3cThQwDQYJKoZIhvcNAQEL
BQAwDjEMMAoGA1UEAwwDT2xkMCAXDTI2MTEyNjIwMDY1OVoYDzIxMjYxMTAyMjAw
NjU5WjAOMQwwCgYDVQQDDANPbGQwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGB
AMkOO28vd/+Snr+8MAk77NmeAFyfLOwUIq2tAhgYLIegOvEUxSer2VFgv9gsl0IN
YGX3vyVTh2TUgkOXkgNPSoOHRRB/Vf2T9JnGCp7pEEd0tn+f1bXXZoiYmpW3hLbN
ErBmXJkBTmodM4Lf4G1xmd/YEelRPPkRLdjKTvv255j9AgMBAAGjUzBRMB0GA1Ud
DgQWBBSfyTz9/o7dVTGvU5SscBW+76PR7zAfBgNVHSMEGDAWgBSfyTz9/o7dVTGv
U5SscBW+76PR7zAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4GBAL3V
8OVr4PxA498vwMIat4JPAH52vWGzxqI/L/reJOBrgvlha9PqtAhaOBTRlstt0XS1
9jzQ5vuXOF1iNRoBhbMsJnqkpSgpxIWSUsq34dCudrYD+5cor4gpLJ7GNJkVz7Iv
TSkECanHSuarcLG3yjdR90r05gM+Kc+DD5zX9XZI
-----END CERTIFICATE-----`
