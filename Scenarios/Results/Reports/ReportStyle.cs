using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>The look of <c>report.html</c>, inside the page itself: nothing is loaded from anywhere.</summary>
internal static class ReportStyle
{
    public static string Css { get; } = Layout
        + "@media screen and (prefers-color-scheme: dark) {\n" + FigureTheme.DarkRules("figure .themed") + "}\n";

    private const string Layout = """
        :root { color-scheme: light dark; --page: #faf9f7; --card: #ffffff; --ink: #22262a; --soft: #5d666e;
          --line: #e3e0da; --good: #1b7f5c; --bad: #b3391f; --code: #f1efea; }
        @media (prefers-color-scheme: dark) { :root { --page: #15181b; --card: #1c2024; --ink: #e3e6e8;
          --soft: #9aa4ad; --line: #30363c; --good: #55c79d; --bad: #f0876b; --code: #22272c; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 17px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; }
        main { max-width: 64rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
        h1 { font-size: 2.1rem; line-height: 1.2; margin: 0 0 .4rem; font-weight: 650; letter-spacing: -.015em; }
        h2 { font-size: 1.25rem; margin: 3.2rem 0 .8rem; font-weight: 620; letter-spacing: -.005em; }
        h3 { font-size: .82rem; margin: 1.8rem 0 .3rem; font-weight: 620; color: var(--soft);
          text-transform: uppercase; letter-spacing: .07em; }
        p { margin: .5rem 0; max-width: 46rem; }
        .soft { color: var(--soft); }
        .verdict { margin: 1.8rem 0 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line);
          border-left: 5px solid var(--bad); border-radius: 8px; }
        .warnings { margin: 1rem 0 0; padding: 0.1rem 1.25rem; border: 1px solid var(--line);
          border-left: 4px solid var(--bad); overflow-wrap: anywhere; }
        .verdict strong { display: block; font-size: 1.2rem; color: var(--bad); }
        .verdict.good { border-left-color: var(--good); }
        .verdict.good strong { color: var(--good); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .8rem;
          margin: .8rem 0 0; }
        .tile { padding: .8rem 1.1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        .tile b { display: block; font-size: 1.5rem; font-weight: 620; font-variant-numeric: tabular-nums; }
        .tile span { color: var(--soft); font-size: .88rem; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .93rem; }
        th { text-align: left; font-weight: 600; color: var(--soft); font-size: .82rem; }
        th, td { padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        .number, .value { font-variant-numeric: tabular-nums; }
        .number { white-space: nowrap; text-align: right; padding-right: 1.4rem; }
        .figures { table-layout: fixed; min-width: 46rem; }
        .figures td:first-child { width: 16rem; }
        .figures td.value { width: 17rem; font-weight: 600; }
        .figures td:last-child { color: var(--soft); }
        figure { margin: 1.6rem 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line);
          border-radius: 10px; }
        figure .title { margin: .2rem 0 0; color: var(--ink); font-size: 1.08rem; text-transform: none;
          letter-spacing: 0; }
        figure svg { display: block; width: 100%; height: auto; }
        figure .narrow, figure .dark { display: none; }
        @media screen and (prefers-color-scheme: dark) {
          figure .light { display: none; }
          figure .wide.dark { display: block; }
        }
        figcaption { border-top: 1px solid var(--line); margin-top: .4rem; padding-top: .3rem; }
        .source { color: var(--soft); font-size: .82rem; }
        details { margin: .6rem 0 .2rem; }
        summary { cursor: pointer; color: var(--soft); font-size: .93rem; }
        summary:focus-visible { outline: 2px solid var(--good); outline-offset: 3px; border-radius: 3px; }
        details .scroll { max-height: 24rem; overflow: auto; }
        h1, li, .verdict span { overflow-wrap: anywhere; }
        td, th { overflow-wrap: break-word; }
        pre { margin: .6rem 0; padding: .9rem 1.1rem; background: var(--code); border-radius: 8px; overflow-x: auto;
          font: .88rem/1.5 ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; }
        ul { margin: .4rem 0; padding-left: 1.2rem; }
        a { color: inherit; }
        nav { margin: 1.4rem 0 0; font-size: .93rem; color: var(--soft); }
        nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
        nav li:has(a + a) { flex-basis: 100%; }
        .files span { color: var(--soft); }
        footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft);
          font-size: .88rem; }
        .player { display: block; width: 100%; height: 62rem; border: 1px solid var(--line); border-radius: 10px; }
        @media (max-width: 46rem) {
          .player { height: 80rem; }
          main { padding: 1.4rem .6rem 3rem; }
          h1 { font-size: 1.55rem; }
          h2 { margin-top: 2.2rem; }
          figure { padding: .7rem .35rem; border-radius: 6px; }
          figure > p, figure > .title, figcaption, details { padding-left: .45rem; padding-right: .45rem; }
          figure .wide, figure .wide.dark { display: none; }
          figure .narrow { display: block; }
          figure .narrow.dark { display: none; }
          figure .narrow svg { max-width: 30rem; margin: 0 auto; }
          .figures { min-width: 0; }
          .figures, .figures tbody, .figures tr, .figures td { display: block; width: auto !important; border: 0;
            padding: 0; }
          .figures tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
          .figures td:last-child { font-size: .88rem; }
        }
        @media screen and (max-width: 46rem) and (prefers-color-scheme: dark) {
          figure .narrow.light { display: none; }
          figure .narrow.dark { display: block; }
        }
        @media print {
          :root { color-scheme: light; --page: #ffffff; --card: #ffffff; --ink: #22262a; --soft: #5d666e;
            --line: #d9d6d0; --good: #1b7f5c; --bad: #b3391f; --code: #f4f2ee; }
          @page { margin: 16mm 14mm; }
          body { background: #ffffff; font-size: 10.5pt; }
          main { padding: 0; max-width: none; }
          figure .wide { display: block; }
          figure .narrow, figure .dark, figure .wide.dark { display: none; }
          figure .wide svg { max-height: 190mm; }
          figure { padding: .5rem .8rem; margin: .8rem 0; }
          figure, .verdict, .tile, tr { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          .scroll { overflow: visible; }
          table { font-size: 8.5pt; }
          th, td { padding-right: .5rem; }
          .figures { min-width: 0; }
          pre { white-space: pre-wrap; }
          details, .played, nav { display: none; }
        }

        """;
}
