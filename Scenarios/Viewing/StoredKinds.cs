using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Viewing;

/// <summary>The kinds of lines by number: those of events as they are, then the two marks of the run itself.</summary>
internal static class StoredKinds
{
    public static readonly byte ScenarioStarted = (byte)Enum.GetValues<EventKind>().Length;

    public static readonly byte RunEnded = (byte)(ScenarioStarted + 1);

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetValues<EventKind>().Select(kind => EventDetail.Name(kind.ToString())),
        EventLog.ScenarioStarted, EventLog.RunEnded,
    ];

    // A few dozen words, of which no more than a handful have the same length.
    private static readonly (byte[] Name, byte Kind)[][] byLength = ByLength();

    public static bool TryFind(ReadOnlySpan<byte> name, out byte kind)
    {
        kind = 0;
        if (name.Length >= byLength.Length) return false;
        foreach (var word in byLength[name.Length])
        {
            if (!name.SequenceEqual(word.Name)) continue;
            kind = word.Kind;
            return true;
        }

        return false;
    }

    private static (byte[] Name, byte Kind)[][] ByLength()
    {
        var words = Names.Select((name, kind) => (Encoding.ASCII.GetBytes(name), (byte)kind)).ToLookup(
            word => word.Item1.Length);
        return [.. Enumerable.Range(0, words.Max(length => length.Key) + 1).Select(length => words[length].ToArray())];
    }
}
