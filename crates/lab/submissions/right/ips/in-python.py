# right: the list and the table in Python, in a form of its own
import datetime
import ipaddress
import json
import os
import subprocess
import sys

TABLE = "session-08/IPs.txt"


def interfaces():
    """All interfaces, as the program ip knows them."""
    found = json.loads(subprocess.run(["ip", "-j", "address"], capture_output=True, check=True).stdout)
    for one in found:
        name = one["ifname"]
        if "LOOPBACK" in one["flags"]:
            kind = "loopback"
        elif os.path.exists("/sys/class/net/" + name + "/wireless"):
            kind = "wifi"
        elif os.path.exists("/sys/class/net/" + name + "/device"):
            kind = "wire"
        else:
            kind = "virtual"
        state = "UP" if "UP" in one["flags"] else "DOWN"
        ips = [address["local"] for address in one["addr_info"]]
        yield {"name": name, "kind": kind, "state": state, "mac": one.get("address"), "ips": ips}


def show():
    for one in interfaces():
        print("{}: {}, it is {}".format(one["name"], one["kind"], one["state"]))
        print("    MAC", one["mac"])
        for ip in one["ips"]:
            print("    IP ", ip)


def refusal(text):
    """Why this cannot be the address of a machine."""
    ip = ipaddress.ip_address(text)
    if ip.is_loopback:
        return "it is loopback"
    if text.startswith("255.") and text != "255.255.255.255":
        return "it is a netmask"
    if text in ("0.0.0.0", "255.255.255.255"):
        return "it is nobody's, or everybody's"
    return None


def save(machine, interface, place, ip, file=TABLE):
    reason = refusal(ip)
    if reason:
        sys.exit("{} is refused: {}".format(ip, reason))
    row = [machine, interface, datetime.date.today().strftime("%d/%m/%y"), place, ip]
    with open(file) as table:
        lines = table.read().splitlines()
    for number, line in enumerate(lines):
        cells = [cell.strip().lower() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and [cells[0], cells[1], cells[3]] == [machine.lower(), interface.lower(), place.lower()]:
            lines[number] = "| " + " | ".join(row) + " |"
            break
    else:
        lines.append("| " + " | ".join(row) + " |")
    with open(file, "w") as table:
        table.write("\n".join(lines) + "\n")


def own():
    """The interface and the address of this computer."""
    for one in interfaces():
        for ip in one["ips"]:
            if not ipaddress.ip_address(ip).is_loopback:
                return one, ip
    sys.exit("this computer has no network")


words = sys.argv[1:]
options = {word: words[place + 1] for place, word in enumerate(words[:-1]) if word.startswith("--")}
if words[:1] == ["add"]:
    save(options["--machine"], options["--interface"], options["--place"], options["--ip"])
elif words[:1] == ["--save"]:
    interface, ip = own()
    save(options["--machine"], interface["kind"], options["--place"], ip, options["--save"])
elif words == ["--json"]:
    print(json.dumps(list(interfaces())))
else:
    show()
