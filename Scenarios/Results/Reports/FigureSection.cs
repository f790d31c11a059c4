using System.Net;
using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>
/// The figures on the page: the drawing for wide screens and paper, the one for phones, the words that say what it
/// shows, and its data to unfold.
/// </summary>
internal static class FigureSection
{
    public static void Write(HtmlText html, RunResult result, IReadOnlyList<DrawnFigure> figures)
    {
        if (figures.Count == 0) return;
        html.Element("h2", "Plots");
        foreach (var drawn in figures) Write(html, drawn.Figure);
        if (OverlayDrawing.WhyNot(result) is { } why) html.Element("p", why, "soft");
    }

    public static void Write(HtmlText html, Figure figure)
    {
        html.Raw($"<figure id=\"{WebUtility.HtmlEncode(figure.Name)}\">\n").Element("h3", figure.Title, "title")
            .Element("p", figure.Subtitle + ".", "soft");
        Draw(html, figure, FigureDress.InPage, "wide");
        Draw(html, figure, FigureDress.InNarrowPage, "narrow");
        html.Raw("<figcaption>").Element("p", figure.Caption);
        if (figure.Source is { } source) html.Element("p", source, "source");
        html.Raw("</figcaption>\n");
        WriteData(html, figure);
        html.Raw("</figure>\n");
    }

    private static void Draw(HtmlText html, Figure figure, FigureDress dress, string cssClass) =>
        html.Raw($"<div class=\"{cssClass}\">\n{SvgFigureWriter.Write(figure, dress)}</div>\n");

    private static void WriteData(HtmlText html, Figure figure)
    {
        var rows = FigureTable.Rows(figure).ToList();
        if (rows.Count == 0) return;
        html.Raw("<details>").Element("summary", "The numbers of this figure");
        if (FigureTable.IsThinned(figure))
        {
            html.Element("p", $"Of a long series {FigureTable.MostRows} points, evenly spaced along it; the files of "
                + "this run have them all.", "soft");
        }

        html.Table(FigureTable.Heads(figure), rows, 1, 2).Raw("</details>\n");
    }
}
