"""The style sheet of the difference page: for wide screens, phones and print."""

STYLE = """
:root { --ink: #1d1d1f; --faint: #6b6b70; --line: #c9c9ce; --paper: #fff; --head: #f3f3f5;
        --up: #e3f1e4; --up-ink: #14571b; --down: #fbe4e1; --down-ink: #8c1d13;
        --other: #fdf3d0; --other-ink: #6a5000; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1rem; color: var(--ink); background: var(--paper);
       font: 15px/1.6 system-ui,
       "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.45rem; line-height: 1.3; margin: .4rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; border-bottom: 2px solid var(--ink); padding-bottom: .2rem; }
.lead { color: var(--faint); margin: 0 0 .6rem; }
table { border-collapse: collapse; font-size: .82rem; line-height: 1.35; }
th, td { border: 1px solid var(--line); padding: .22rem .35rem; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--head); font-weight: 600; text-align: left; }
.scroll { overflow-x: auto; }
table.pair { width: 100%; }
table.pair th:not(.label) { text-align: center; }
table.pair td { text-align: right; font-variant-numeric: tabular-nums; min-width: 2.9rem; overflow-wrap: normal; }
table.pair th.label { width: 15rem; }
table.pair tr:not(.head) th.label { font-weight: 400; background: none; }
table.pair th.depth1 { padding-left: 1rem; }
table.pair th.depth2 { padding-left: 1.8rem; }
tr.group th:not(.label) { text-align: left !important; } tr.group.depth1 th { padding-left: 1.2rem; }
th.side.new, td.new:not(.new + .new), th.new:not(.new + .new) { border-left: 2px solid var(--ink); }
td small { display: block; }
td .mark, td .was { white-space: nowrap; }
td .word { white-space: normal; }
td .none { color: var(--faint); }
td.changed { background: var(--other); color: var(--other-ink); font-weight: 700; }
td.changed.up { background: var(--up); color: var(--up-ink); }
td.changed.down { background: var(--down); color: var(--down-ink); }
td.old.changed .value { text-decoration: underline dotted; text-underline-offset: 3px; }
td.changed .mark { font-weight: 600; }
td.doubtful { outline: 2px dashed var(--other-ink); outline-offset: -3px; }
td.apart, td.absent { color: var(--faint); background: repeating-linear-gradient(135deg, #fff 0 5px, #efeff2 5px 7px); }
td.absent { text-align: center !important; font-size: .75rem; }
.was, .only { display: none !important; }
th small { font-weight: 400; color: var(--faint); }
.note { color: var(--faint); }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; padding: 0;
            margin: .5rem 0; font-size: .85rem; }
pre.summary { white-space: pre-wrap; font: inherit; background: var(--head); padding: .6rem .8rem; margin: .6rem 0; }
.prose { white-space: pre-wrap; max-width: 46rem; margin: .5rem 0; overflow-wrap: anywhere; }
ins { background: var(--up); color: var(--up-ink); text-decoration: underline; text-underline-offset: 3px; }
del { background: var(--down); color: var(--down-ink); text-decoration: line-through; }
ins.moved b { background: var(--up); color: var(--up-ink); }
ins.moved, del.moved { background: var(--other); color: var(--other-ink); }
.tag { font-size: .72rem; border: 1px solid currentColor; border-radius: 3px; padding: 0 .25rem;
       margin: 0 .15rem; text-decoration: none; display: inline-block; line-height: 1.3; }
table.list { width: 100%; }
table.list td { text-align: left; }
table.list td.number { text-align: right; }
table.list td.number, table.list td.short { white-space: nowrap; }
.bad { font-weight: 700; color: var(--down-ink); }
@media screen and (max-width: 760px) {
  body { padding: .4rem; font-size: 14px; }
  table.pair .old { display: none; }
  table.pair tr.only-old td.old { display: table-cell; } table.pair tr.only-old td.new { display: none; }
  table.pair th.depth1, table.pair th.depth2 { padding-left: .3rem; }
  .was { display: block !important; font-weight: 400; }
  table.pair th.label { width: 4.3rem; min-width: 4.3rem; position: sticky; left: 0;
                        background: var(--paper) !important; }
  table.pair { font-size: .68rem; } table.pair td, table.pair th { min-width: 0; padding: .12rem .1rem; }
  td small { font-size: .56rem; letter-spacing: -.01em; }
  .only { display: block !important; }
  table.list, table.list tbody, table.list tr, table.list td { display: block; width: 100%; }
  table.list thead { display: none; }
  table.list tr { border: 1px solid var(--line); margin: .4rem 0; padding: .25rem .4rem; }
  table.list td { border: 0; padding: .05rem 0; text-align: left !important; white-space: normal !important; }
  table.list td[data-head]:not(:empty)::before { content: attr(data-head) ": "; color: var(--faint); }
}
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  h2, .lead, tr.head, tr.group { break-after: avoid; }
  tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  table.pair { font-size: 7.4pt; } table.pair td { min-width: 0; } table.pair th.label { width: 9rem; }
  td.changed { border: 1.2pt solid #000; }
  table.list { font-size: 7.6pt; }
}
"""
