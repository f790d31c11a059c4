using static GossipSim.Analysis.SvgMarkup;

namespace GossipSim.Analysis;

/// <summary>
/// The column to the right of the plot area: what each series is, then the text box. Outside the plot area it
/// cannot cover data.
/// </summary>
internal sealed class SvgLegend
{
    /// <summary>Beside the plot area.</summary>
    public const double ColumnWidth = 252;

    private const double FontSize = 13;
    private const double LineHeight = 17;
    private const double SampleWidth = 26;
    private const double SampleGap = 9;
    private const double Padding = 12;
    private const double EntryGap = 6;
    private const double ParagraphGap = 4;
    private const double HeadingGap = 8;

    private readonly List<(Series Series, IReadOnlyList<string> Lines)> entries = [];
    private readonly List<(bool IsHeading, IReadOnlyList<string> Lines)> notes = [];

    /// <param name="width">Of the column that it fills.</param>
    public SvgLegend(Panel panel, double width)
    {
        Width = width;
        foreach (Series series in panel.Series)
            if (series.Label is { } label)
                entries.Add((series, TextMeasure.Wrap(label, FontSize, Width - SampleWidth - SampleGap)));
        foreach (Note note in panel.Notes)
            notes.Add((note.IsHeading, TextMeasure.Wrap(note.Text, FontSize, Width - 2 * Padding, note.IsHeading)));
    }

    private double Width { get; }

    private double EntriesHeight => entries.Sum(entry => entry.Lines.Count * LineHeight + EntryGap);

    private double NotesHeight => notes.Count == 0
        ? 0
        : notes.Sum(note => note.Lines.Count * LineHeight + ParagraphGap) + HeadingGaps - ParagraphGap + 2 * Padding;

    private double HeadingGaps => notes.Skip(1).Count(note => note.IsHeading) * HeadingGap;

    public double Height => EntriesHeight + (notes.Count == 0 ? 0 : NotesHeight + Padding);

    public void Draw(SvgMarkup svg, double left, double top)
    {
        svg.Open("g", "class", "legend");
        double y = top;
        foreach ((Series series, IReadOnlyList<string> lines) in entries)
        {
            SvgSeries.DrawSample(svg, series, left, y + LineHeight / 2, SampleWidth);
            foreach (string line in lines)
            {
                svg.Text(line, left + SampleWidth + SampleGap, y + FontSize, FontSize);
                y += LineHeight;
            }
            y += EntryGap;
        }
        if (notes.Count > 0) DrawNotes(svg, left, y + Padding);
        svg.Close("g");
    }

    private void DrawNotes(SvgMarkup svg, double left, double top)
    {
        svg.Element(
            "rect", "class", "notes", "x", Number(left), "y", Number(top), "width", Number(Width),
            "height", Number(NotesHeight), "rx", "4", "fill", Palette.Box, "stroke", Palette.Grid);
        double y = top + Padding;
        for (int i = 0; i < notes.Count; i++)
        {
            if (i > 0 && notes[i].IsHeading) y += HeadingGap;
            foreach (string line in notes[i].Lines)
            {
                svg.Text(line, left + Padding, y + FontSize - 1, FontSize, bold: notes[i].IsHeading);
                y += LineHeight;
            }
            y += ParagraphGap;
        }
    }
}
