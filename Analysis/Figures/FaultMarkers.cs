namespace GossipSim.Analysis;

/// <summary>Faults and their ends as vertical markers on an axis of scenario time.</summary>
internal static class FaultMarkers
{
    /// <summary>Labels of more markers than this would cover each other, and more lines the data; our choice.</summary>
    private const int MostLabels = 6;
    private const int MostLines = 40;

    /// <summary>The first ones with their labels, the next ones as lines; all without labels if so wished.</summary>
    public static IReadOnlyList<VerticalMarker> Of(
        IReadOnlyList<(double Seconds, string Label)> marks, bool withLabels = true) =>
    [
        .. marks.Take(MostLines).Select((mark, i) => new VerticalMarker(
            mark.Seconds, withLabels && i < MostLabels ? mark.Label : "", PaletteColor.Vermillion)),
    ];

    public static IEnumerable<Note> Notes(IReadOnlyList<(double Seconds, string Label)> marks)
    {
        if (marks.Count > MostLabels)
            yield return new Note(FigureWords.Say($"{marks.Count - MostLabels} later faults and ends without a label"));
    }
}
