//! Tables that are right, in all the styles that students have: none of their rows may be called open.

use super::Folder;

#[track_caller]
fn check(name: &str, file: &str, table: &str) {
    let found = Folder::new(&[(file, table)]).deliverable(name);
    assert_eq!(found["state"], "done", "{table}\n{found:#}");
    let findings = found["findings"].as_array().unwrap();
    assert!(findings.iter().all(|finding| finding["level"] != "open"), "{table}\n{found:#}");
}

#[test]
fn right_tables_of_ips() {
    for table in [
        // Aligned with spaces; accents; the two rows of the lesson.
        "Machine         Interface    Date         Place           IP\n\
         móvil           Wifi         03/03/2024   Alcorcón Lab    10.9.32.84\n\
         Lab computer    Wire         03/03/2024   Alcorcón Lab    192.168.253.131\n",
        // Tabs that fit nowhere, no dates, the lesson's dots.
        "Machine\t     Interface\tDate\tPlace\t   IP\n\
         my phone\t\tWifi\t\t Home \t192.168.1.40\n\
         PC     \tethernet \t  Lab\t\t10.1.3.17\n\
         .....\t.....\t.....\t.....\t.....\n",
        // Other columns, in another order, and one more; a netmask that is one.
        "| IP | Mask | Machine | Place | Interface | MAC |\n|---|---|---|---|---|---|\n\
         | 192.168.1.40 | 255.255.255.0 | iPhone de Ana | casa | wifi | 3c:58:c2:9f:11:7e |\n\
         | 10.3.4.5/16 | 255.255.0.0 | ordenador | laboratorio | cable | |\n",
        // Two addresses in a cell, IPv6 among them.
        "Machine | Interface | Date | Place | IP\n\
         mobile | Wifi | | home / lab | 192.168.1.40 / 10.3.4.6\n\
         laptop | Wifi | | home | 192.168.1.41, fe80::3e58:c2ff:fe9f:117e\n",
        // IPv6 only, and a prefix.
        "Machine  Interface  Date  Place  IP\n\
         mobile   Wifi       -     home   2001:db8:1::40/64\n\
         desktop  Wire       -     home   2001:db8:1::41/64\n",
        // One value a line.
        "DEVICE 1\nMACHINE: IPHONE\nINTERFACE: WIFI\nDATE: MARCH 4TH\nPLACE: HOME\nIP: 192.168.1.12\n\n--------\n\n\
         DEVICE 2\nMACHINE: COMPUTER\nINTERFACE: WIFI\nDATE: MARCH 4TH\nPLACE: HOME\nIP: 192.168.1.78\n",
        // No header, no gaps, other words and punctuation.
        "Teléfono en casa: 192.168.1.40.\nTeléfono en el laboratorio: 10.3.4.6;\nOrdenador (IP=10.3.4.5)\n",
        // Words of one's own.
        "| Machine | Interface | Date | Place | IP |\n|--|--|--|--|--|\n\
         | Galaxy S9 | 4G | | bus | 10.22.33.44 |\n| f-l3208-pc01 | Wire | | Alcorcon Lab | 192.168.253.131) |\n",
        // A frame, CRLF and a mark at the beginning.
        "\u{feff}+---+---+---+---+---+\r\n| Machine | Interface | Date | Place | IP |\r\n+---+---+---+---+---+\r\n\
         | mobile | Wifi | 1/3 | home | 192.168.1.40 |\r\n+---+---+---+---+---+\r\n| Lab pc | Wire | 2/3 | lab | 10.3.4.5 |\r\n",
        // A broadcast address that is none in a large network.
        "Machine | Interface | Date | Place | IP\nmobile | Wifi | | lab | 10.3.4.255/16\ncomputer | Wire | | lab | 10.3.5.0/16\n",
        // A matrix: a row for each place, a column for each machine.
        "           MOBILE          LAB COMPUTER\nHome       192.168.1.40    -\nLab        10.3.4.5        10.3.4.6\n",
        "| Place | Mobile | Lab computer |\n|---|---|---|\n| home | 192.168.1.40 | |\n| lab | 10.3.4.5 | 10.3.4.6 |\n",
        "Place | Mobile | Lab computer\nlab | 10.3.4.5 | 10.3.4.6\n",
        // A machine that had none, and says so.
        "Machine | Interface | Date | Place | IP\nmobile | Wifi | | lab | sin cobertura\nmobile | Wifi | | home | 192.168.1.4\n\
         computer | Wire | | lab | 10.3.5.7\n",
    ] {
        check("IPs", "S08/IPs.txt", table);
    }
}

#[test]
fn right_tables_of_times() {
    for table in [
        // Aligned with spaces, with the lesson's dots behind the times.
        "Destination IP      Name (if known)         Time\n\
         192.168.253.131     Self                    0.031 ms , 0.052 ms\n\
         212.128.255.129     f-l3208-pc01            No ping\n\
         8.8.8.8             Google                  4.12 ms , 4.05 ms...\n\
         10.9.32.84          Mobile                  25,1 ms , 31.0 ms\n\
         212.128.240.50      www.urjc.es             2.61 ms , 2.38 ms\n\
         198.51.100.3        github.com              41.2 ms , 41.7 ms\n\
         198.51.100.224)     wikipedia.org           121 ms, 123 ms\n\
         198.51.100.184      newdomain.com.au        tiempo de espera agotado\n",
        // Tabs that fit nowhere; the columns empty that the lesson leaves empty.
        "Destination IP\t        Name (if known)\t        Time\n\
         192.168.1.5\t              Self\t          0.040 ms, 0.051 ms...\n\
         212.128.255.129\t            f-l3208-pc01      Request timed out\n\
         8.8.8.8\t                      Google\t      27ms,33ms\n\
         192.168.4.104                my mobile        181 ms, 117 ms, ...\n\
         \t\t www.urjc.es       31 ms, 44 ms\n\t\tgithub.com        75 ms, 68 ms\n\
         wikipedia.org     84 ms, 73 ms\n\t\t\tnewdomain.com.au  -\n",
        // Pipes, decimal commas, units glued on, other reasons.
        "| Destination IP | Name (if known) | Time |\n|---|---|---|\n\
         | 192.168.1.5 | My computer | 0,044ms, 0,040ms |\n| 212.128.255.129 | f-l3208-pc01 | - |\n\
         | 8.8.8.8 | Google DNS | 4,31ms 4,53ms |\n| 192.168.1.6 | Móvil | timeout |\n\
         | | www.urjc.es | ✗ |\n| | github.com | 35,1 ms; 35,9 ms |\n\
         | | wikipedia.org | 100% packet loss |\n| | newdomain.com.au | 目的地不可达 |\n",
        // The unit once, at the end or in the header.
        "Destination IP | Name | Time (ms)\n192.168.1.5 | Self | 0.044, 0.040\n212.128.255.129 | f-l3208 | n/a\n8.8.8.8 | Google | 3, 4\n\
         192.168.1.6 | Mobile | 100, 120\n1.1.1.1 | urjc | 3, 5\n1.1.1.2 | github | 3, 4\n1.1.1.3 | Wikipedia | 1, 2\n\
         1.1.1.4 | newdomain | 300, 301\n",
        "Destination IP | Name | Time\n192.168.1.5 | Self | 0.044, 0.040 ms\n212.128.255.129 | - | 3.10, 2.66 ms\n8.8.8.8 | | 3/4/5 ms\n\
         192.168.1.6 | Mobile | 100, 120 ms\n1.1.1.1 | urjc | 3, 5 ms\n1.1.1.2 | github | 3, 4 ms\n1.1.1.3 | Wikipedia | 1, 2 ms\n\
         1.1.1.4 | newdomain | 300, 301 ms\n",
        // What Windows says, a line each, without any table.
        "pings:\nSELF 192.168.57.1: Mínimo = 0ms, Máximo = 0ms, Media = 0ms\nURJC[212.128.240.50]: Mínimo = 17ms, Máximo = 19ms\n\
         GOOGLE 8.8.8.8: Mínimo = 11ms, Máximo = 41ms\nMOBILE 192.168.1.58:  tiempo<1m, tiempo=2ms\n\
         GITHUB[198.51.100.3]: Mínimo = 54ms, Máximo = 58ms\nWIKIPEDIA[198.51.100.192]:  Mínimo = 43ms, Máximo = 47ms\n\
         NEWDOMAIN[198.51.100.184]: Mínimo = 331ms, Máximo = 338ms\nFUENLA212.128.255.129:   enviados = 4, recibidos = 0\n",
        // One value a line.
        "DESTINATION IP: 192.168.1.78\nNAME: MY COMPUTER\nTIME: Minimum = 0ms, Maximum = 0ms\n-----\n\
         DESTINATION IP: 212.128.255.129\nNAME: f-l3208-pc01 (FUENLABRADA)\nTIME: NO RESPONSE\n-----\n\
         DESTINATION IP: 8.8.8.8\nNAME: GOOGLE\nTIME: 5ms, 12ms\n-----\nDESTINATION IP: 192.168.1.12\nNAME: MY IPHONE\nTIME: 13 ms, 8 ms\n\
         -----\nDESTINATION IP:\nNAME: www.urjc.es\nTIME: 8 ms, 17 ms\n-----\nDESTINATION IP:\nNAME: github.com\nTIME: 33 ms, 47 ms\n\
         -----\nDESTINATION IP:\nNAME: wikipedia.org\nTIME: 34 ms, 35 ms\n-----\nDESTINATION IP:\nNAME: newdomain.com.au\nTIME: NO\n",
        // Another order of the columns, one more, rows of one's own, words around it.
        "Exercise 2, by Ana\n\n| Time | TTL | Name | Destination IP |\n|---|---|---|---|\n| 0.1 ms, 0.2 ms | 64 | Self | 10.0.0.2 |\n\
         | host unreachable | | f-l3208-pc01 | 212.128.255.129 |\n| 3 ms, 4 ms | 117 | Google | 8.8.8.8 |\n| 5 ms, 6 ms | 64 | Mobile | 10.0.0.3 |\n\
         | 2 ms, 3 ms | 253 | www.urjc.es | |\n| 2 ms, 3 ms | 50 | github.com | |\n| 2 ms, 3 ms | 50 | wikipedia.org | |\n\
         | Name or service not known | | newdomain.com.au | |\n| 1 ms, 1 ms | 64 | router | 10.0.0.1 |\n\nThat was all.\n",
        // IPv6, two addresses in a cell, microseconds and seconds.
        "Destination IP | Name (if known) | Time\n--|--|--\n::1 / 127.0.0.1 | Self | 44 µs, 40 us\n212.128.255.129 | f-l3208-pc01 | no answer\n\
         2001:4860:4860::8888 | Google | 3 ms, 4 ms\n10.0.0.3, fe80::1 | Mobile | 0.1 s, 0.2 seg\n2001:db8::1 | www.urjc.es | 2 ms, 3 ms\n\
         2606:50c0::153 | github.com | 2 msec, 3 msec\n2620:0:861:ed1a::1 | wikipedia.org | 2 ms, 3 ms\n\
         | newdomain.com.au | the name newdomain.com.au is not known to the name servers\n",
        // The times in the column of the names.
        "| Destination IP | Name (if known) | Time (ms) |\n|---|---|---|\n| Self 10.0.0.2 | 0.1, 0.2 | |\n| 212.128.255.129 | 1, 2 | |\n\
         | 8.8.8.8 | 3, 4 | |\n| Mobile 10.0.0.3 | 5, 6 | |\n| www.urjc.es | 2, 3 | |\n| github.com | 2, 3 | |\n| wikipedia.org | 2, 3 | |\n\
         | newdomain.com.au | 300, 301 | |\n",
        // Rows with a cell left out.
        "Destination IP | Name (if known) | Time\n10.0.0.2 | 0.1 ms, 0.2 ms\n212.128.255.129 | no responde\n8.8.8.8 | 3 ms, 4 ms\n\
         10.0.0.3 | 5 ms, 6 ms\nwww.urjc.es | 2 ms, 3 ms\ngithub.com | 2 ms, 3 ms\nwikipedia.org | 2 ms, 3 ms\nnewdomain.com.au | X\n",
        // A computer of the lab that is called like the lesson's, and a phone like a destination.
        "Destination IP | Name (if known) | Time\n212.128.255.140 | f-l3208-pc12 | 0.1 ms, 0.2 ms\n212.128.255.129 | f-l3208-pc01 | 1 ms, 2 ms\n\
         8.8.8.8 | Google | 3 ms, 4 ms\n10.0.0.3 | Google Pixel | 5 ms, 6 ms\n| www.urjc.es | 2 ms, 3 ms\n| github.com | 2 ms, 3 ms\n\
         | wikipedia.org | 2 ms, 3 ms\n| newdomain.com.au | 300 ms, 301 ms\n",
        // The answers below the names.
        "Self: 10.0.0.2\n0.1 ms, 0.2 ms\n\nFuenlabrada: 212.128.255.129\nno ping\n\nGoogle: 8.8.8.8\ntime: 3 ms, 4 ms\n\n\
         Mobile: 10.0.0.3\n3 ms, 4 ms\n\nwww.urjc.es\n3 ms, 4 ms\n\ngithub.com\n3 ms, 4 ms\n\nwikipedia.org\n3 ms, 4 ms\n\n\
         newdomain.com.au\nunknown host\n",
        // As ping itself prints it.
        "PING 10.0.0.2 (10.0.0.2): 56 data bytes\n64 bytes from 10.0.0.2: icmp_seq=0 ttl=64 time=0.051 ms\n64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.112 ms\n\
         212.128.255.129: 100% packet loss\ngoogle 8.8.8.8 time=3.1 ms time=3.2 ms\nmobile 10.0.0.3 time=3.1 ms time=3.2 ms\n\
         www.urjc.es -\ngithub.com time=3.1 ms time=3.2 ms\nwikipedia.org time=3.1 ms time=3.2 ms\n\
         newdomain.com.au: Temporary failure in name resolution\n",
    ] {
        check("Ex2", "S08/Ex2.txt", table);
    }
}
