"""What auditors and a power cut need: sign-in sheet, table cards, roll call, certificates, pack."""
