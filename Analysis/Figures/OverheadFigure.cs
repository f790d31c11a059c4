using static GossipSim.Analysis.FigureWords;

namespace GossipSim.Analysis;

/// <summary>What was sent of one kind of message, for each peer and second.</summary>
public sealed record KindOverhead(string Kind, double Messages, double? Bytes);

/// <summary>What a peer's part of the network costs, by kind of message: messages above, their bytes below.</summary>
public static class OverheadFigure
{
    private const double RowHeight = 24;

    /// <summary>Kinds of messages that have a row of their own; the others share one. Our choice.</summary>
    private const int MostKinds = 14;

    public static Figure Create(IReadOnlyList<KindOverhead> kinds)
    {
        KindOverhead[] all =
            [.. kinds.Where(kind => kind.Messages > 0).OrderByDescending(kind => kind.Bytes ?? kind.Messages)
                .ThenBy(kind => kind.Kind, StringComparer.Ordinal)];
        KindOverhead[] rows = all.Length <= MostKinds + 1 ? all : [.. all[..MostKinds], Rest(all[MostKinds..])];
        return new Figure
        {
            Name = "overhead-by-kind",
            Title = "Overhead: what is sent to keep this going?",
            Subtitle = "Messages and bytes sent for each live peer and second, by kind of message, after formation",
            Caption = Caption(rows),
            Panel = Panel("messages", PaletteColor.Blue, rows, row => row.Messages),
            PanelsBelow = rows.Any(row => row.Bytes > 0)
                ? [Panel("bytes", PaletteColor.Vermillion, rows, row => row.Bytes)]
                : [],
        };
    }

    private static KindOverhead Rest(KindOverhead[] kinds) => new(
        Say($"{kinds.Length} other kinds"), kinds.Sum(kind => kind.Messages),
        kinds.All(kind => kind.Bytes is not null) ? kinds.Sum(kind => kind.Bytes) : null);

    private static Panel Panel(
        string unit, PaletteColor color, KindOverhead[] rows, Func<KindOverhead, double?> value) => new()
    {
        Height = Math.Max(120, rows.Length * RowHeight),
        X = new Axis(Say($"{unit} per peer and second")) { Scale = AxisScale.Logarithmic },
        Y = new Axis("") { Rows = [.. rows.Select(row => row.Kind)] },
        Series =
        [
            new PointSeries(
                unit, new SeriesStyle(color),
                [.. rows.Index().Where(at => value(at.Item) > 0)
                    .Select(at => new PlotPoint(value(at.Item)!.Value, at.Index))]),
        ],
        Notes = rows.All(row => value(row) is not null)
            ? [new Note(Say($"all kinds: {rows.Sum(value):#,0.0} {unit} per peer and second"))]
            : [],
    };

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
