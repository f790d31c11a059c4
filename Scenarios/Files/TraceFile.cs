namespace GossipSim.Scenarios.Files;

/// <summary>Reads a churn trace: the columns seconds, peer and change, in that order.</summary>
internal static class TraceFile
{
    private const int LastPeer = 999_999;

    private static readonly string[] columns = ["seconds", "peer", "change"];

    public static IReadOnlyList<TraceEvent> Parse(CsvTable table)
    {
        if (!table.Header.Select(cell => cell.Text).SequenceEqual(columns))
        {
            throw new ScenarioException(
                table.Header[0].Origin,
                $"found the columns {string.Join(", ", table.Header.Select(cell => cell.Text))}, "
                + $"allowed are {string.Join(", ", columns)}");
        }

        if (table.Rows.Count is 0 or > TraceChurn.MostEvents)
        {
            throw new ScenarioException(
                new Origin(table.Source), $"found {table.Rows.Count} events, allowed are 1 to {TraceChurn.MostEvents}");
        }

        TraceEvent[] events = [.. table.Rows.Select(EventOf)];
        for (int index = 1; index < events.Length; index++)
        {
            if (events[index].Seconds >= events[index - 1].Seconds) continue;
            throw new ScenarioException(
                table.Rows[index][0].Origin,
                $"found {table.Rows[index][0].Text} after {table.Rows[index - 1][0].Text}; "
                + "events come in order of time");
        }

        return events;
    }

    private static TraceEvent EventOf(IReadOnlyList<CsvCell> row)
    {
        if (row.Count != columns.Length)
            throw new ScenarioException(row[0].Origin, $"found {row.Count} values, the header has {columns.Length}");
        double peer = row[1].Number(0, LastPeer, "a whole number");
        if (!double.IsInteger(peer))
        {
            throw new ScenarioException(
                row[1].Origin, $"found \"{row[1].Text}\", allowed is a whole number from 0 to {LastPeer}");
        }

        return new TraceEvent
        {
            Seconds = row[0].Number(0, ScheduledFault.LongestSeconds, "a number of seconds"),
            Peer = (int)peer,
            Change = ChangeOf(row[2]),
        };
    }

    private static TraceChange ChangeOf(CsvCell cell)
    {
        foreach (TraceChange change in Enum.GetValues<TraceChange>())
            if (ScenarioJson.WordOf(change) == cell.Text) return change;
        string words = string.Join(", ", ScenarioJson.WordsOf(typeof(TraceChange)));
        throw new ScenarioException(cell.Origin, $"found \"{cell.Text}\", allowed is one of {words}");
    }
}
