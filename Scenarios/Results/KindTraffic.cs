namespace GossipSim.Scenarios.Results;

/// <summary>What nodes sent of one kind of message; the size of some of it or of all was measured.</summary>
/// <param name="Kind">The name on the wire.</param>
/// <param name="Weighed">Of how many of the messages <paramref name="WeighedBytes"/> is the size.</param>
/// <param name="SpareBytes">The size of one of them where none was weighed; null where none has a size.</param>
internal readonly record struct KindTraffic(
    string Kind, long Messages, long Weighed, double WeighedBytes, double? SpareBytes = null)
{
    /// <summary>In bytes, estimated from the messages that have a size; null when none has.</summary>
    public double? Bytes => Weighed > 0 ? Math.Round(WeighedBytes * Messages / Weighed) : SpareBytes * Messages;

    /// <summary>What was sent after a moment; where nothing was weighed after it, all tell the size.</summary>
    public KindTraffic Since(KindTraffic before)
    {
        var messages = Messages - before.Messages;
        return Weighed == before.Weighed
            ? this with { Messages = messages }
            : new KindTraffic(Kind, messages, Weighed - before.Weighed, WeighedBytes - before.WeighedBytes);
    }
}
