"""As much of a mail server as a client needs: it takes messages, and refuses the addresses it is told to refuse."""

import socketserver


class Mail(socketserver.StreamRequestHandler):
    got: list[bytes] = []
    refuses: tuple[bytes, ...] = ()

    def handle(self):
        self.wfile.write(b"220 here\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.got.append(b"".join(lines))
            if word == b"RCPT" and any(address in line for address in self.refuses):
                self.wfile.write(b"550 no such user here\r\n")
                continue
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 yes\r\n")
            if word == b"QUIT":
                return
