//! The page in a real browser.

use super::Board;
use super::chromium::Chromium;
use crate::running_server::RunningServer;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A projector, a phone, and a projector whose page was made twice as large.
const SCREENS: [(u32, u32); 3] = [(1280, 720), (390, 844), (640, 360)];

fn open(name: &str, board: &Board) -> Chromium {
    Chromium::open(name, &format!("http://{}/", board.address))
}

/// The texts of the tiles, sorted: who comes at the same time may appear in any order.
fn messages(page: &mut Chromium) -> Vec<String> {
    let texts = page.value("[...document.querySelectorAll('.message')].map((element) => element.textContent)");
    let mut texts: Vec<String> = serde_json::from_value(texts).unwrap();
    texts.sort();
    texts
}

/// No message of the browser's own, and nothing asked of anybody else.
fn check_reports(page: &mut Chromium, board: &Board) {
    for method in
        ["Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"]
    {
        let reported = page.reported(method);
        assert!(reported.is_empty(), "{reported:#?}");
    }
    let origin = format!("http://{}/", board.address);
    let requests = page.reported("Network.requestWillBeSent");
    let urls: Vec<&str> = requests.iter().map(|request| request["request"]["url"].as_str().unwrap()).collect();
    assert!(urls.len() >= 5 && urls.iter().all(|url| url.starts_with(&origin)), "{urls:?}");
}

#[test]
#[ignore = "needs chromium"]
fn hostile_messages_are_text() {
    let hostile = [
        "<script>document.title = 'hacked'</script>",
        "<img src=x onerror=\"document.title='hacked'\">",
        "<svg onload=document.title='hacked'>",
        "\"><iframe srcdoc='<script>parent.document.title=1</script>'>",
        "&lt;b&gt; &amp; &#x3c;script&#x3e;",
        "javascript:document.title='hacked'",
        "{{constructor.constructor('alert(1)')()}}",
        "</bdi></li></ol><h1>hacked</h1>",
        "__proto__",
    ];
    let board = Board::start(&[]);
    let mut page = open("hostile", &board);
    for (student, message) in hostile.iter().enumerate() {
        board.say_from(student, message);
    }
    board.say_from(hostile.len(), "\u{202e}\x1b[2J\0\x07evil\u{2066}");
    board.say_from(hostile.len() + 1, &"界".repeat(10_000));
    page.wait_for("all of them", "at('students').textContent === '11'");

    let cut = |message: &str| match message.chars().count() {
        ..=40 => message.to_string(),
        _ => message.chars().take(40).collect::<String>() + "...",
    };
    let mut expected: Vec<String> = hostile.iter().map(|message| cut(message)).collect();
    expected.push(r"\u{202e}\x1b[2J\x00\x07evil\u{2066}".to_string());
    expected.push(cut(&"界".repeat(41)));
    expected.sort();
    assert_eq!(messages(&mut page), expected);
    assert_eq!(page.value("document.title"), "The class, live");
    let kinds = "[...new Set([...document.querySelectorAll('main *')].map((element) => element.localName))].sort()";
    assert_eq!(page.value(kinds), json!(["bdi", "div", "h2", "li", "ol", "p", "span", "time"]));
    assert_eq!(page.value("document.documentElement.scrollWidth <= innerWidth"), true);
    check_reports(&mut page, &board);
}

#[test]
#[ignore = "needs chromium"]
fn the_policy_stops_what_the_page_itself_would_not() {
    let board = Board::start(&[]);
    let mut page = open("policy", &board);
    let tried = "(() => { try { document.body.innerHTML = '<b>'; return 'done'; } catch (e) { return e.name; } })()";
    assert_eq!(page.value(tried), "TypeError", "Trusted Types");
    let elsewhere = "fetch('http://127.0.0.1:1/').then(() => 'done', () => 'refused')";
    assert_eq!(page.value(elsewhere), "refused");
    let reported = page.reported("Log.entryAdded");
    assert!(reported.iter().any(|entry| entry.to_string().contains("connect-src")), "{reported:#?}");
}

#[test]
#[ignore = "needs chromium"]
fn it_is_live_and_new_ones_stand_out() {
    let board = Board::start(&[]);
    let mut page = open("live", &board);
    assert_eq!(page.value("at('command').textContent"), format!("nc 127.0.0.1 {}", board.server.port));
    assert_eq!(page.value("at('nobody').checkVisibility()"), true);
    let times = (1..=5).map(|number| {
        let begin = Instant::now();
        board.say_from(1, &number.to_string());
        page.wait_for("the message", &format!("at('latest').textContent.endsWith(' {number}')"));
        begin.elapsed()
    });
    // As in `events`.
    let fastest = times.skip(1).min().unwrap();
    assert!(fastest < Duration::from_millis(700), "{fastest:?}");
    assert_eq!(page.value("document.querySelector('li').className"), "new said");
    assert_eq!(page.value("document.querySelector('.count').textContent"), "×5");
    assert_eq!(page.value("at('nobody').checkVisibility()"), false);
    assert_eq!(page.value("at('connections').textContent"), "5");
    assert_eq!(
        page.value(
            "[...document.querySelectorAll('#minutes rect')].filter((bar) => bar.height.baseVal.value > 0).length"
        ),
        1
    );
    page.wait_long_for("the end of that", "document.querySelector('li').className === ''");
    check_reports(&mut page, &board);
}

#[test]
#[ignore = "needs chromium"]
fn three_hundred_students_can_be_read() {
    let board = Board::start(&[]);
    let mut page = open("300", &board);
    // Large cards, small ones, tiles, rows: the largest in which all have room.
    for students in [0..12, 12..20, 20..40, 40..300] {
        for student in students.clone() {
            board.say_from(student, ["HELLO FROM THE CLIENT!!! from me", "hola", "GET / HTTP/1.1"][student % 3]);
        }
        page.wait_for("all of them", &format!("document.querySelectorAll('li').length === {}", students.end));
        check_readable(&mut page);
    }
    for student in 299..305 {
        board.say_from(student, "new");
    }
    page.wait_for("the new ones", "document.querySelectorAll('li').length === 305");
    for (width, height) in SCREENS {
        for scheme in ["light", "dark"] {
            page.show(width, height, scheme);
            page.wait_for("the new size", &format!("innerWidth === {width}"));
            check_readable(&mut page);
        }
    }
    page.show(1280, 720, "dark");
    page.wait_for("all on one screen", "document.documentElement.scrollHeight <= 720");
    let last = "document.querySelector('li:last-child').getBoundingClientRect().bottom <= 720";
    assert_eq!(page.value(last), true);
    check_reports(&mut page, &board);
}

/// Nothing is wider than the screen or higher than its tile, no name is cut, no text is too small or too pale (WCAG 2.2, 1.4.3: 4.5 to 1),
/// nothing overlaps.
fn check_readable(page: &mut Chromium) {
    let found = page.value(
        r#"(() => {
          const faults = [];
          if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the screen");
          for (const name of document.querySelectorAll(".name")) {
            if (name.scrollWidth > name.clientWidth + 1) faults.push(`cut: ${name.textContent}`);
          }
          for (const message of document.querySelectorAll(".message")) {
            const [inner, outer] = [message, message.closest("li")].map((box) => box.getBoundingClientRect().bottom);
            if (inner > outer + 1) faults.push(`leaves its tile: ${message.textContent}`);
          }
          const rgb = (text) => text.match(/[\d.]+/g).map(Number);
          const light = (colour) => {
            const [r, g, b] = rgb(colour).map((part) => (part /= 255) <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const ground = (element) => {
            const colour = getComputedStyle(element).backgroundColor;
            return (rgb(colour)[3] ?? 1) === 0 ? ground(element.parentElement) : colour;
          };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let checked = 0;
          while (texts.nextNode()) {
            const element = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || !element.checkVisibility() || element.offsetWidth <= 1) continue;
            const style = getComputedStyle(element);
            const [one, other] = [light(style.color), light(ground(element))].sort((one, other) => other - one);
            if ((one + 0.05) / (other + 0.05) < 4.5) faults.push(`pale: ${element.outerHTML}`);
            if (parseFloat(style.fontSize) < 12) faults.push(`small: ${element.outerHTML}`);
            checked += 1;
          }
          if (checked < 2 * document.querySelectorAll("li").length) faults.push(`only ${checked} texts`);
          const tiles = [...document.querySelectorAll("li")].map((tile) => tile.getBoundingClientRect());
          tiles.slice(1).forEach((tile, place) => {
            const before = tiles[place];
            if (tile.top < before.bottom - 1 && tile.left < before.right - 1) faults.push(`tile ${place + 1} overlaps`);
          });
          return faults.slice(0, 5);
        })()"#,
    );
    assert_eq!(found, json!([]));
}

#[test]
#[ignore = "needs chromium"]
fn it_says_when_the_server_is_gone_and_comes_back_to_the_next_one() {
    let mut board = Board::start(&[]);
    board.say_from(1, "HELLO");
    let mut page = open("gone", &board);
    page.wait_for("the message", "document.querySelectorAll('li').length === 1");
    assert_eq!(page.value("at('lost').checkVisibility()"), false);
    board.server.program.interrupt().unwrap();
    board.server.program.wait_for_end().unwrap();
    page.wait_for(
        "the notice",
        "at('lost').checkVisibility() && at('lost').textContent.startsWith('No connection to the server')",
    );
    assert_eq!(page.value("document.querySelectorAll('li').length"), 1, "what it said before");

    let place = board.address.to_string();
    let next = Board::of(RunningServer::start(&["--board", &place]));
    page.wait_for("the next server", "!at('lost').checkVisibility() && document.querySelectorAll('li').length === 0");
    let command = format!("at('command').textContent === 'nc 127.0.0.1 {}'", next.server.port);
    page.wait_for("its address", &command);
}

/// After an answer that is no stream of events (503) a browser gives up: the page does not.
#[test]
#[ignore = "needs chromium"]
fn a_page_that_was_refused_tries_again() {
    let board = Board::start(&[]);
    let mut page = open("refused", &board);
    set_hidden(&mut page, true);
    // A page that nobody sees has no connection, so that all places can be taken.
    let mut others = vec![board.open()];
    others[0].wait_for("the hidden page to leave", |state| state["pages"] == 1);
    others.extend(board.open_all(15));
    set_hidden(&mut page, false);
    page.wait_for("the notice", "at('lost').checkVisibility()");
    drop(others);
    page.wait_long_for("its turn", "!at('lost').checkVisibility()");
}

/// As if the window was covered, or uncovered.
fn set_hidden(page: &mut Chromium, is_hidden: bool) {
    let hidden = format!("Object.defineProperty(document, 'hidden', {{ configurable: true, value: {is_hidden} }})");
    page.value(&format!("({hidden}, document.dispatchEvent(new Event('visibilitychange')))"));
}

#[test]
#[ignore = "needs chromium"]
fn a_screen_reader_finds_its_way_and_is_not_shouted_at() {
    let board = Board::start(&[]);
    let mut page = open("reader", &board);
    for student in 0..3 {
        board.say_from(student, "HELLO");
    }
    page.wait_for("three tiles", "document.querySelectorAll('li').length === 3");
    let tree = page.call("Accessibility.getFullAXTree", &json!({}));
    let nodes: Vec<(String, String)> =
        tree["nodes"].as_array().unwrap().iter().filter(|node| node["ignored"] == false).map(text_of).collect();
    let names = |role: &str| nodes.iter().filter(|node| node.0 == role).map(|node| node.1.as_str()).collect::<Vec<_>>();
    assert_eq!((names("banner").len(), names("main").len()), (1, 1), "{nodes:#?}");
    assert_eq!(names("heading"), ["The class, live", "The students and their last messages"]);
    assert_eq!(names("list"), ["The students and their last messages"]);
    assert_eq!(names("listitem").len(), 3);
    assert_eq!(names("image"), ["This minute: 3. The minute before: 0. At most, in the last hour: 3."]);
    let tile = page.value("document.querySelector('li').innerText.replace(/\\s+/g, ' ')");
    assert!(tile.as_str().unwrap().contains("127.1.0.1"), "three that are called localhost have no name: {tile}");

    // One short text, now and then, for all of them; only the loss of the server interrupts.
    let live = page.value(
        "[...document.querySelectorAll('[aria-live], [role=status], [role=alert]')].map((element) => element.id)",
    );
    assert_eq!(live, json!(["lost", "news"]));
    assert_eq!(page.value("at('news').textContent"), "");
    let news = "at('news').textContent === 'New messages: 3. The last one is from 127.1.0.3: HELLO'";
    page.wait_long_for("the news", news);
    assert_eq!(page.value("getComputedStyle(document.querySelector('li')).transitionDuration"), "0s", "reduced motion");
}

/// The role and the name of a node.
fn text_of(node: &Value) -> (String, String) {
    let text = |field: &str| node[field]["value"].as_str().unwrap_or_default().to_string();
    (text("role"), text("name"))
}
