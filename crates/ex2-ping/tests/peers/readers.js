// What npm's ping makes of ping's lines on standard input, as JSON. The first argument is the folder with node_modules.

'use strict';

const parsers = require(`${process.argv[2]}/node_modules/ping/lib/parser/factory`);

const parser = parsers.createParser('', 'linux');
for (const line of require('fs').readFileSync(0, 'utf8').split('\n')) {
    parser.eat(line);
}
console.log(JSON.stringify(parser.getResult()));
