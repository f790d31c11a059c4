namespace GossipSim.Engine.Protocol;

/// <summary>
/// Which members reported a membership dead, as far as removal may rest on their word: each counts once, and for a
/// while only, so that two false alarms far apart do not add up (SOURCES W3).
/// </summary>
internal sealed class HeardReports(int needed, TimeSpan patience)
{
    private readonly Dictionary<NodeAddress, Heard> heard = [];

    private sealed record Heard(int Epoch, List<(NodeAddress Reporter, Instant At)> Reports);

    /// <summary>At most <c>needed</c> for each member that somebody reported.</summary>
    public int Count { get; private set; }

    public void Note(NodeAddress about, int epoch, NodeAddress reporter, Instant now)
    {
        if (!heard.TryGetValue(about, out var known) || known.Epoch != epoch)
        {
            Forget(about);
            heard.Add(about, known = new Heard(epoch, []));
        }

        Count -= known.Reports.RemoveAll(report => report.Reporter == reporter || now - report.At > patience);
        if (known.Reports.Count >= needed) return;
        known.Reports.Add((reporter, now));
        Count++;
    }

    public bool AreEnough(NodeAddress about, int epoch, Instant now)
    {
        if (!heard.TryGetValue(about, out var known) || known.Epoch != epoch) return false;
        var fresh = 0;
        foreach (var (_, at) in known.Reports)
            if (now - at <= patience) fresh++;
        return fresh >= needed;
    }

    /// <summary>That membership is over, or another one began.</summary>
    public void Forget(NodeAddress about)
    {
        if (heard.Remove(about, out var known)) Count -= known.Reports.Count;
    }
}
