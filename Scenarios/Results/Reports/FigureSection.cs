using System.Net;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The figures on a page: drawings for wide screens and for phones, light and dark, the caption, links to the files
/// in <c>plots/</c>, and the numbers to unfold.
/// </summary>
internal static class FigureSection
{
    public const string Id = "figures";

    public static void Write(HtmlText html, RunResult result, IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0) return;
        html.Section(Id, "Figures");
        foreach (var figure in figures) Write(html, figure);
        if (OverlayDrawing.WhyNot(result) is { } why) html.Element("p", why, "soft");
    }

    public static void Write(HtmlText html, Figure figure)
    {
        html.Raw($"<figure id=\"{WebUtility.HtmlEncode(figure.Name)}\">\n").Element("h3", figure.Title, "title")
            .Element("p", figure.Subtitle + ".", "soft");
        Draw(html, figure, FigureDress.InPage, "wide");
        Draw(html, figure, FigureDress.InNarrowPage, "narrow");
        html.Raw("<figcaption>").Element("p", figure.Caption);
        if (figure.Detail is { } detail)
            html.Raw("<details>").Element("summary", "Why").Element("p", detail).Raw("</details>\n");
        html.Raw("<p class=\"source\">");
        if (figure.Source is { } source) html.Raw(WebUtility.HtmlEncode(source) + " · ");
        html.Link($"plots/{figure.Name}.svg", "open the drawing").Raw(" · ").Link($"plots/{figure.Name}.png", "PNG")
            .Raw(" · ").Link($"plots/{figure.Name}.csv", "all numbers (CSV)").Raw("</p></figcaption>\n");
        WriteData(html, figure);
        html.Raw("</figure>\n");
    }

    /// <summary>One drawing whose colors the page's style changes, or two where it has a bitmap.</summary>
    private static void Draw(HtmlText html, Figure figure, FigureDress dress, string cssClass)
    {
        var light = FigureWriter.Svg(figure, dress);
        if (!light.Contains("<image", StringComparison.Ordinal))
        {
            html.Raw($"<div class=\"{cssClass} themed\">\n{light}</div>\n");
            return;
        }

        html.Raw($"<div class=\"{cssClass} light\">\n{light}</div>\n")
            .Raw($"<div class=\"{cssClass} dark\">\n{FigureWriter.Svg(figure, dress, FigureTheme.Dark)}</div>\n");
    }

    private static void WriteData(HtmlText html, Figure figure)
    {
        var panels = figure.Panels.Where(panel => FigureTable.Rows(panel).Any()).ToList();
        if (panels.Count == 0) return;
        html.Raw("<details>").Element("summary", "The numbers of this figure");
        if (panels.Exists(FigureTable.IsThinned))
        {
            html.Element("p", $"Of a long series {FigureTable.MostRows} points, evenly spaced along it; the CSV file "
                + "has them all.", "soft");
        }

        foreach (var panel in panels) html.Table(FigureTable.Heads(panel), FigureTable.Rows(panel), 1, 2);
        html.Raw("</details>\n");
    }
}
