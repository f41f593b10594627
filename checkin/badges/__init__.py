"""What people wear: artwork, QR codes, sheets and the record of what was printed."""
