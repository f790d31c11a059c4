using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Graphs;

/// <summary>
/// Which columns of a table hold the two ends of an edge, as far as their names say so. Names are compared without
/// case, blanks and punctuation: "Source ID" is sourceid.
/// </summary>
internal static partial class EndColumns
{
    /// <summary>Names that no one gives to nodes.</summary>
    private static readonly (string One, string Other)[] known =
    [
        ("source", "target"), ("from", "to"), ("src", "dst"), ("src", "dest"), ("source", "destination"),
        ("source", "dest"), ("origin", "destination"), ("start", "end"), ("startid", "endid"),
        ("sourceid", "targetid"), ("fromid", "toid"), ("fromnode", "tonode"), ("fromnodeid", "tonodeid"),
        ("sourcenode", "targetnode"), ("sender", "receiver"), ("sender", "recipient"), ("tail", "head"),
        ("parent", "child"), ("follower", "followee"), ("node", "neighbor"), ("node", "neighbour"),
    ];

    /// <summary>Columns that never hold the end of an edge.</summary>
    private static readonly HashSet<string> others =
    [
        "", "index", "unnamed0", "rownames", "row", "rowid", "id", "edgeid", "eid", "weight", "weights", "type",
        "label", "timestamp", "time", "date", "year", "count", "value", "degree", "degrees", "k",
    ];

    /// <summary>The two columns that a heading names; null if it names none.</summary>
    /// <param name="isSure">Whether the names are none that nodes have, unlike u and v, or v1 and v2.</param>
    public static (int One, int Other)? In(IReadOnlyList<string> heading, out bool isSure)
    {
        string[] names = [.. heading.Select(Bare)];
        isSure = true;
        foreach ((string one, string other) in known)
            if (Pair(one, other) is { } pair) return pair;
        isSure = false;
        foreach ((string one, string other) in new[] { ("u", "v"), ("v", "w"), ("i", "j"), ("a", "b"), ("x", "y") })
            if (Pair(one, other) is { } pair) return pair;
        for (int i = 0; i < names.Length; i++)
        {
            if (Numbered().Match(names[i]) is not { Success: true } first) continue;
            string next = first.Groups["stem"].Value + first.Groups["mark"].Value switch
            {
                "0" => "1", "1" => "2", _ => "b",
            };
            if (Array.IndexOf(names, next) is var j and >= 0) return (i, j);
        }

        return null;

        (int, int)? Pair(string one, string other)
        {
            int i = Array.IndexOf(names, one), j = Array.IndexOf(names, other);
            return i >= 0 && j >= 0 ? (i, j) : null;
        }
    }

    /// <summary>The columns that may hold ends where the heading has no known names.</summary>
    public static int[] CandidatesIn(IReadOnlyList<string> heading) =>
        [.. Enumerable.Range(0, heading.Count).Where(column => !others.Contains(Bare(heading[column])))];

    /// <summary>Whether it is the heading of a table of nodes.</summary>
    public static bool IsOfNodes(IReadOnlyList<string> heading)
    {
        string[] names = [.. heading.Select(Bare)];
        return names.Contains("id") && names.Contains("label");
    }

    private static string Bare(string name) =>
        string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    [GeneratedRegex("^(?<stem>[a-z]+(id)?)(?<mark>[01a])$", RegexOptions.ExplicitCapture)]
    private static partial Regex Numbered();
}
