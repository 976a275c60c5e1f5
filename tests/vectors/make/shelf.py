"""What the makers fill: one Vector per line of the manifest, each with what must be found in it."""
import shlex
from dataclasses import dataclass, field

PASSWORD = "keyferry"
CHAIN = ("alice", "issuing", "root")


def key(alias="alice", name="alice", chain=CHAIN):
    """A private key that a vector holds: its alias as the file spells it, and its chain, end entity first."""
    return {"alias": alias, "name": name, "chain": list(chain)}


@dataclass
class Vector:
    file: str
    maker: str
    command: str
    note: str
    passwords: list
    keys: list = field(default_factory=list)
    # certificates that belong to no key
    certificates: list = field(default_factory=list)
    crls: int = 0
    secret_keys: int = 0
    # other vectors that are given together with this one
    together: list = field(default_factory=list)
    error: str = None
    # variables of the error that must be said
    data: dict = None
    # codes of severity error and warning for the target anaplan, where a vector is about them
    findings: list = None
    # the keys stand in the file in this order
    ordered: bool = False
    # the format by content, where the name does not say it
    format: str = None
    # how a stranger opens it: (tool, extra arguments, password), or "none" for what no tool at hand reads
    reader: object = None


class Shelf:
    def __init__(self, tools):
        self.tools, self.vectors = tools, []

    def run(self, file, maker, note, *commands, passwords=(PASSWORD,), **holds):
        """Makes `file` by running the commands, which name it."""
        for command in commands:
            self.tools.run(*command)
        text = " && ".join(shlex.join(map(str, command)) for command in commands)
        return self.again(file, note, passwords=passwords, maker=maker, command=text, **holds)

    def put(self, file, body, note, passwords=(PASSWORD,), **holds):
        """Writes `file` from bytes made here."""
        self.tools.write(file, body)
        return self.again(file, note, passwords=passwords, maker="crafted", command="python3 make", **holds)

    def again(self, file, note, passwords=(PASSWORD,), maker=None, command=None, **holds):
        """One more line about a file that exists: other passwords, another outcome."""
        if maker is None:
            maker, command = next((v.maker, v.command) for v in self.vectors if v.file == file)
        self.vectors.append(Vector(file, maker, command, note, list(passwords), **holds))
        return self.tools.read(file)
