"""Small templates, one rule of Jinja each, that chat_template_goldens.py renders."""

SNIPPETS = r'''
{{ 1 + 2 * 3 ** 2 // 4 - 7 % 3 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** -1 }} {{ 1e20 }} {{ 0.1 + 0.2 }} {{ 1e-5 }}
{{ 1 if true }}|{{ 1 if false }}|{{ 1 if false else 2 }}|{{ none }}|{{ true }}|{{ nothing }}
{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 == true }} {{ 'a' < 'b' }} {{ [1, 2] < [1, 3] }} {{ (1,) == [1] }}
{{ 1 < 'a' }}
{{ 'a' + 1 }}
{{ 'a' ~ 1 ~ none ~ [1, 'x'] ~ {'k': "it's"} }}
{{ [1, 2.0, true, none, 'a"b', "it's", "é\n\t\\", (1,), ()] }}
{{ "é\u200b\x07\U0001F600 \xad" }} {{ ["é\u200b\x07\U0001F600\xad"] }}
{{ l[0] }} {{ l[-1] }} {{ l[5] }} {{ l[1:] }} {{ l[::-1] }} {{ l[-2:] }} {{ l[:1] }} {{ s[1:4] }} {{ s[::-2] }} {{ s[-1] }}
{{ '😀ab'[0] }}{{ '😀ab'|length }}{{ '😀ab'[1:] }}{{ '😀ab'.find('b') }}
{{ n[1:] }}
{{ nothing[1:] }}
{{ nothing.x }}
{{ d.b }} {{ d['b'] }} {{ d.zz }} {{ d['zz'] }} {{ d.items() }} {{ d.keys() }} {{ d.values() }} {{ d.get('zz') }} {{ d.get('zz', 3) }}
{{ d.zz.y }}
{{ {'items': 1}['items'] }}
{{ 'a' in 'abc' }} {{ 1 in l }} {{ 'b' in d }} {{ 9 not in l }} {{ 'x' in nothing }}
{{ 1 in 'abc' }}
{{ 1 in n }}
{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}
{% for x in l if x > 1 %}{{ loop.index }}/{{ loop.length }}:{{ x }}{{ loop.last }} {% else %}none{% endfor %}
{% for x in [] %}a{% else %}none{% endfor %}
{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{% for k in d %}{{ k }}{% endfor %}
{% for a, b in [[1, 2, 3]] %}{{ a }}{% endfor %}
{% for x in n %}{% endfor %}
{% for x in 5 %}{% endfor %}
{% for x in nothing %}a{% endfor %}ok
{% for x in 'añ😀' %}{{ x }},{% endfor %}
{% for x in range(10) %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 5 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in range(5, 0, -2) %}{{ x }}{% endfor %}{{ range(3) }}{{ range(1, 9, 2)|list }}{{ range(3)|length }}
{% for x in range(1000000) %}{% endfor %}
{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = 5 %}{{ x }}{% endfor %}{{ x }}
{% set ns = namespace(x=1, y='a') %}{% for i in l %}{% set ns.x = ns.x + i %}{% endfor %}{{ ns.x }}{{ ns.y }}{{ ns.zz is defined }}
{% set d.b = 3 %}
{% set ns = namespace(_x=1) %}
{% set x = 1 %}{% if true %}{% set x = 2 %}{% endif %}{{ x }}
{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set (c, e) = l[:2] %}{{ c }}{{ e }}
{% set x %}a{{ 1 }}b{% endset %}{{ x }}{{ x is string }}{% set y | upper | trim %} abc {% endset %}[{{ y }}]
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% endwith %}{{ a }}
{% filter upper %}abc{{ s }}{% endfilter %}
{% macro m(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }}|{% endmacro %}{{ m(1) }}{{ m(1, 3) }}{{ m(1, c=9) }}{{ m() }}{{ m.name }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, b=2) }}
{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, k=3) }}
{% macro m(x) %}<{{ caller(x) }}>{% endmacro %}{% call(y) m(3) %}y={{ y }}{% endcall %}
{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}
{% macro m() %}{{ x }}{% endmacro %}{% set x = 1 %}{{ m() }}{% set x = 2 %}{{ m() }}
{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}
{% macro f(n) %}{{ f(n) }}{% endmacro %}{{ f(3) }}
{% macro f(m) %}{% for x in m %}{% set y = x %}{% endfor %}{{ y }}{% endmacro %}{{ f([1]) }}
{% for x in [[1, [2, 3]], [4]] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}d{{ loop.depth }}{% endif %}{% endfor %}
{% for x in l %}{{ loop.cycle('a', 'b') }}{{ loop.changed(x > 1) }}{% endfor %}
{{ s|upper }} {{ s|capitalize }} {{ s|title }} {{ 'ABC'|lower }} {{ ' x '|trim }}| {{ 'xxaxx'|trim('x') }} {{ s|length }} {{ s|reverse }}
{{ s|replace('l', 'L') }} {{ s|replace('l', 'L', 1) }} {{ 'aaa'|replace('', '-') }} {{ 'abc'.replace('', '-', 2) }}
{{ l|join(', ') }} {{ l|join }} {{ ms|join('|', attribute='role') }} {{ l|first }} {{ l|last }} {{ []|first }} {{ 'abc'|last }}
{{ l|sort }} {{ l|sort(reverse=true) }} {{ ['b', 'A', 'c']|sort }} {{ ['b', 'A', 'c']|sort(case_sensitive=true) }} {{ ms|sort(attribute='role')|map(attribute='role')|list }}
{{ l|sum }} {{ l|min }} {{ l|max }} {{ []|max }} {{ ms|map(attribute='content')|join }} {{ [1, 2]|sum(start=10) }}
{{ l|map('string')|list }} {{ ['a']|map('upper')|list }} {{ ms|map(attribute='zz', default='q')|list }} {{ l|map('default', 3)|list }}
{{ ms|selectattr('role', 'equalto', 'user')|list }} {{ ms|selectattr('role')|list|length }} {{ ms|rejectattr('role', 'eq', 'user')|map(attribute='role')|list }}
{{ l|select('odd')|list }} {{ l|reject('gt', 1)|list }} {{ [0, 1, '']|select|list }} {{ [1, '1', none]|select('string')|list }}
{% if []|select %}true{% endif %}{% if ms|selectattr('role', 'equalto', 'x') %}true{% endif %}{{ l|select('odd')|length }}
{% set g = l|select('odd') %}{{ g|list }}{{ g|list }}{{ g is iterable }}{{ g is sequence }}
{{ ['a', 'A', 'b']|unique|list }} {{ [1, 1.0, true]|unique|list }} {{ ms|unique(attribute='role')|list|length }}
{{ d|dictsort }} {{ {'b': 1, 'A': 2}|dictsort }} {{ {'b': 1, 'A': 2}|dictsort(case_sensitive=true) }} {{ {'b': 1, 'a': 2}|dictsort(by='value', reverse=true) }}
{{ d|items|list }} {{ nothing|items|list }} {{ d|list }} {{ s|list|length }} {{ d|length }}
{{ 5|length }}
{{ n|length }}
{{ nothing|default('x') }} {{ ''|default('x') }} {{ ''|default('x', true) }} {{ none|default('x') }} {{ none|d('x', boolean=true) }}
{{ d|tojson }} {{ d|tojson(indent=2) }} {{ s|tojson }} {{ "a\"<>&'\u2028\x7f\x01/"|tojson }} {{ [1.0, 1e30, 1e-7, true, none]|tojson }} {{ {}|tojson }}{{ []|tojson(indent=4) }}
{{ d|tojson(separators=(',', ':')) }} {{ d|tojson(sort_keys=true) }} {{ "é😀"|tojson(ensure_ascii=true) }} {{ {1: 2, none: 3, true: 4, 1.5: 5}|tojson }} {{ d|tojson(indent='--') }}
{{ nothing|tojson }}
{{ range(3)|tojson }}
{{ (1, 2)|tojson }} {{ ('x'|safe)|tojson }}
{{ "a\nb\n\nc"|indent }}|{{ "a\nb"|indent(2, true) }}|{{ "a\n\nb"|indent(1, blank=true) }}|{{ "a\nb"|indent('>') }}|{{ ''|indent }}
{{ '3.7'|int }} {{ 'x'|int }} {{ 'x'|int(9) }} {{ '0x1f'|int(0, 16) }} {{ 3.9|int }} {{ '3.5'|float }} {{ 'x'|float }} {{ none|int }} {{ true|int }} {{ ' 12 '|int }}
{{ 2.5|round }} {{ 3.5|round }} {{ 2.675|round(2) }} {{ 1234.5|round(-2) }} {{ 2.1|round(method='ceil') }} {{ 2.9|round(0, 'floor') }} {{ 5|round }} {{ -3|abs }}
{{ '%s is %d, %.2f %5s|%-5s|%05d %r %%'|format('a', 3, 2.345, 'x', 'y', 42, 'q') }} {{ '%s' % 'x' }} {{ '%s-%s' % (1, 2) }}
{{ '%d' % 'x' }}
{{ '{} {1} {a!r} {{}}'.format(1, 2) }}
{{ '{0} {1} {a!r} {{}} {0:>5}|{1:<4}|{0:^5}|{2:.2f} {3:,} {0:05d} {4:*^7}'.format(1, 2, 2.555, 1234567, 'mid', a='q') }}
{{ [1, 2, 3, 4, 5]|batch(2)|list }} {{ [1, 2, 3]|batch(2, 'x')|list }} {{ [1, 2, 3, 4, 5]|slice(3)|list }} {{ [1, 2, 3, 4]|slice(3, 0)|list }}
{% for g, items in [{'k': 'b', 'v': 1}, {'k': 'a', 'v': 2}, {'k': 'b', 'v': 3}]|groupby('k') %}{{ g }}{{ items|map(attribute='v')|list }}{% endfor %}
{{ 'hello big world'|truncate(9) }} {{ 'hello big world'|truncate(9, true) }} {{ 'hello big world'|truncate(9, leeway=0, end='') }} {{ 'short'|truncate }}
{{ 'a b'|wordcount }} {{ 'x'|center(5) }}| {{ '<b>a</b>  c'|striptags }} {{ 'a b/é&'|urlencode }} {{ {'a': 'b c'}|urlencode }} {{ '<a href="x">'|escape }} {{ "it's"|e }}
{{ ('<b>'|safe) + '<i>' }} {{ ('<b>'|safe) ~ '<i>' }} {{ '<b>'|safe|string + '<' }} {{ ('a'|safe) is string }} {{ ['a'|safe] }} {{ 'a'|safe == 'a' }} {{ ('<b>'|safe|upper) + '<' }}
{{ 'abc'.upper() }} {{ ' a '.strip() }}| {{ 'xaxa'.strip('x') }} {{ 'a,b,c'.split(',') }} {{ 'a,b,c'.split(',', 1) }} {{ 'a,b,c'.rsplit(',', 1) }} {{ ' a  b '.split() }} {{ ' a  b c '.split(none, 1) }} {{ ' a  b c '.rsplit(none, 1) }}
{{ 'a\nb\r\nc\n'.splitlines() }} {{ 'a\nb'.splitlines(true) }} {{ 'abc'.partition('b') }} {{ 'abcb'.rpartition('b') }} {{ 'abc'.partition('x') }}
{{ 'abc'.startswith('ab') }} {{ 'abc'.endswith(('x', 'c')) }} {{ 'abc'.startswith('b', 1) }} {{ 'abcabc'.find('c') }} {{ 'abcabc'.rfind('c') }} {{ 'abc'.find('x') }} {{ 'abcabc'.count('bc') }} {{ 'abc'.index('c') }}
{{ 'abc'.index('x') }}
{{ '-'.join(['a', 'b']) }} {{ 'ab'.center(7, '*') }} {{ 'ab'.center(6) }}| {{ 'ab'.ljust(4) }}| {{ 'ab'.rjust(4) }}| {{ '-7'.zfill(4) }} {{ 'aBc'.swapcase() }} {{ 'hello wOrld'.title() }} {{ 'ÉCOLE'.capitalize() }} {{ 'ßa'.capitalize() }}
{{ '12'.isdigit() }} {{ 'a1'.isalnum() }} {{ 'a'.isalpha() }} {{ ' '.isspace() }} {{ 'aB'.islower() }} {{ 'AB1'.isupper() }} {{ ''.isdigit() }} {{ 'abc'.removeprefix('a') }} {{ 'abc'.removesuffix('c') }} {{ 'İ'.lower()|length }} {{ 'ß'.upper() }}
{{ [1, 2, 1].count(1) }} {{ [1, 2].index(2) }}
{{ [1].append(2) }}
{{ [1].append is defined }} {{ d.pop is defined }} {{ s.__class__ is defined }} {{ s.__class__ }}
{{ d.update({'x': 1}) }}
{{ '' is defined }} {{ nothing is defined }} {{ nothing is undefined }} {{ none is none }} {{ nothing is none }} {{ 1 is number }} {{ true is number }} {{ true is integer }} {{ 1.0 is float }} {{ true is boolean }}
{{ d is mapping }} {{ l is mapping }} {{ l is sequence }} {{ d is sequence }} {{ s is sequence }} {{ 1 is sequence }} {{ nothing is sequence }} {{ nothing is iterable }} {{ 1 is iterable }} {{ none is iterable }} {{ d.items() is sequence }} {{ range is callable }}
{{ 3 is odd }} {{ 3 is even }} {{ 9 is divisibleby(3) }} {{ 9 is divisibleby 2 }} {{ 'a' is lower }} {{ 'A' is upper }} {{ 1 is in [1, 2] }} {{ 1 is not in [1] }} {{ 2 is gt 1 }} {{ 2 is eq 2 }} {{ true is sameas true }} {{ true is true }} {{ 1 is true }} {{ false is false }}
{{ 'upper' is filter }} {{ 'zz' is filter }} {{ 'odd' is test }} {{ 'x' is escaped }}
{{ not 1 is odd }} {{ 1 is odd and 2 is even or x }} {{ 1 is defined and 'y' }} {{ [] or 'e' }} {{ 0 and 1 }} {{ not '' }}
{{ 1|zz }}
{% if false %}{{ 1|zz }}{% endif %}ok
{% if false %}{% for x in [] %}{{ 1|zz }}{% endfor %}{% endif %}ok
{{ 1 if true else 2|zz }}
{% if true %}{{ 1|zz }}{% endif %}
{{ 1 is zz }}
{% zz %}
{{ 'a' }
{{ 'a
{# open
{% raw %}x
{% raw %}{{ x }} {% if %}{% endraw %}|{%- raw -%}  a  {%- endraw -%}  |
a {#- c -#} b {# c #} c
{{- ' a ' -}}   b
{{ 0x1F }} {{ 0b11 }} {{ 0o17 }} {{ 1_000 }} {{ 1.5e3 }} {{ 1_0.5 }} {{ 1e16 }} {{ 123456789012345.6 }} {{ 1e15 }}
{{ {'a': 1, 'a': 2} }} {{ {} }} {{ [] }} {{ () }} {{ (1, 2,) }} {{ [1, 2,] }} {{ (1) }} {{ 1, 2 }}
{{ l.0 }} {{ d.a.1 }} {{ {'a-b': 1}['a-b'] }} {{ ms[0].role }} {{ ms[-1]['content'] }} {{ ms[0:1][0].content }}
{{ dict(a=1, b=2) }} {{ dict([['x', 1]]) }} {{ dict(d, z=1)|length }}
{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.current }}{% set j = joiner('|') %}{{ j() }}x{{ j() }}y{{ j() }}
{{ raise_exception('no') }}
{{ strftime_now('%Y-%m-%d %d %B %b %A %a %H:%M:%S %I %p %j %-d %y %%') }}
{{ range(*[1, 4])|list }} {{ dict(**{'a': 1}) }} {{ 'a-b'.split(*['-']) }} {{ 'x,y'.split(sep=',') }}
{{ 1 }}{% print 2, 3 %}
{% for x in l %}{% if loop.first %}{% set z = 1 %}{% endif %}{{ z }};{% endfor %}
{% for x in l %}{% for y in l %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}
{% for m in ms if m.role != 'system' %}{{ m.content }}{{ loop.first }}{% endfor %}
{% set x = 'out' %}{% generation %}{% set x = 'in' %}{{ x }}{% endgeneration %}{{ x }}
{{ ms|length - 1 }} {{ ms|length * 2 > 5 }} {{ -l|length }} {{ not l|length }} {{ 'a' * 3 }} {{ [0] * 2 }} {{ 3 * 'b' }} {{ 'a' * 0 }}
{{ 'a' if s else 'b' if l else 'c' }} {{ ('a' if false) is defined }}
{{ none + 'a' }}
{{ none.x }} {{ (1).x }} {{ 'a'.x }}
{{ l() }}
{{ nothing() }}
{{ nothing + 1 }}
{{ nothing == 1 }} {{ nothing == nope }} {{ nothing != none }} {{ not nothing }} {{ nothing|string }} {{ nothing|upper }} {{ nothing ~ 'a' }} {{ [nothing] }} {{ nothing|list }} {{ nothing|join }}
{{ nothing < 1 }}
{{ s|attr('upper') is callable }} {{ d|attr('b') is defined }}
{{ 1 / 0 }}
{% break %}
{% if true %}
{{ "a" "b" 'c' }} {{ "\x41\u00e9\101\n\q\'" }}
{{ {1: 2}[true] }} {{ {1: 2}[1.0] }} {{ true in {1: 2} }} {{ {1: 2}.get(1.0) }} {{ {1: 'a', 1.0: 'b', true: 'c'} }}
{{ 1.5|round(500) }} {{ 'ab'|upper|lower|title }} {{ [[1, 'b'], [1, 'a']]|sort }} {{ 7|string|int + 1 }}
{% for x in l %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% else %}e{% endfor %}
{% macro m() %}{% break %}{% endmacro %}{% for x in l %}{{ m() }}{% endfor %}
'''
SNIPPETS = [line for line in SNIPPETS.strip("\n").split("\n")] + [
    "  {% if true %}\n    x\n  {% endif %}\ny\n",
    "  {%+ if true %}  a  {%- if true -%}  b  {% endif +%}\nc{% endif %}\n",
    "a\n   {{ 'x' }}   \n  {#  comment #}\nb  {%- set x = 1 %}   \n\nc\n\n",
    "x{% set a = 1 -%}\n\n   y\r\nz\rw\n",
    "{{ 'a\\\nb' }}{{ 'c\nd' }}",
    "a{{ 1 }}\nb{{ 2 -}}\n c\n  {%- if true %}\n d\n{%- endif -%}\n\n e",
    "{% for x in l -%}\n  {{ x }}\n{%- endfor %}\n!",
    "{#- c -#}\n  x  {#+ d #}\n  {#- e +#}\ny",
    "{% raw -%}  a {{ b }}\n  {% endraw %}\n c\n   {%- raw %}\n d {%- endraw +%}\n e",
    "\n\n  {% set x = 1 %}\n\n{{ x }}\n\n",
    "\t{% if true %}\ta\t{% endif %}\tb\n\x0b{% if true %}c{% endif %}",
]
