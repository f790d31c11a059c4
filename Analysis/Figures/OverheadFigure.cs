using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>What was sent of one kind of message, for each peer and second.</summary>
public sealed record KindOverhead(string Kind, double Messages, double? Bytes);

/// <summary>What a peer's part of the network costs, by kind of message, on a logarithmic axis.</summary>
public static class OverheadFigure
{
    private const double RowHeight = 30;

    public static Figure Create(IReadOnlyList<KindOverhead> kinds)
    {
        KindOverhead[] rows =
            [.. kinds.Where(kind => kind.Messages > 0).OrderByDescending(kind => kind.Bytes ?? kind.Messages)
                .ThenBy(kind => kind.Kind, StringComparer.Ordinal)];
        return new Figure
        {
            Name = "overhead-by-kind",
            Title = "Overhead: what is sent to keep this going?",
            Subtitle = "Messages and bytes sent for each live peer and second, by kind of message, after formation",
            Caption = Caption(rows),
            PlotHeight = Math.Max(180, rows.Length * RowHeight),
            Panel = new Panel
            {
                X = new Axis("per peer and second") { Scale = AxisScale.Logarithmic },
                Y = new Axis("") { Rows = [.. rows.Select(row => row.Kind)] },
                Series =
                [
                    new PointSeries(
                        "messages", new SeriesStyle(PaletteColor.Blue),
                        [.. rows.Select((row, i) => new PlotPoint(row.Messages, i))]),
                    new PointSeries(
                        "bytes", new SeriesStyle(PaletteColor.Vermillion, Mark: MarkShape.Square),
                        [.. rows.Select((row, i) => (row, i)).Where(at => at.row.Bytes > 0)
                            .Select(at => new PlotPoint(at.row.Bytes!.Value, at.i))]),
                ],
                Notes = [.. Notes(rows)],
            },
        };
    }

    private static IEnumerable<Note> Notes(KindOverhead[] rows)
    {
        yield return Note.Heading("all kinds, per peer and second");
        yield return new Note(Say($"{rows.Sum(row => row.Messages):#,0.0} messages"));
        if (rows.All(row => row.Bytes is not null))
            yield return new Note(Say($"{rows.Sum(row => row.Bytes!.Value):#,0} bytes"));
    }

    private static string Caption(KindOverhead[] rows)
    {
        if (rows.Length == 0) return "Nothing was sent.";
        double all = rows.Sum(row => row.Bytes ?? 0);
        string share = all > 0 ? Say($" ({(rows[0].Bytes ?? 0) / all:P0} of all bytes)") : "";
        return Say($"The most goes into {rows[0].Kind}{share}. One power of ten to the right is ten times as much. ")
            + "What seed nodes send is shared out among the peers too; bytes are lines of JSON, without TCP's "
            + "own headers.";
    }
}
