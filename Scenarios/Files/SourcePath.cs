using System.Globalization;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Files;

/// <summary>A path such as <c>faults[0].target.count</c>: keys and places in lists.</summary>
internal static partial class SourcePath
{
    /// <summary>Keys and indexes in order; null when the text is no path.</summary>
    public static IReadOnlyList<object>? Parse(string path)
    {
        if (!WholePath().IsMatch(path))
            return null;
        return
        [
            .. Steps().Matches(path).Select(step => step.Groups["index"].Success
                ? (object)int.Parse(step.Groups["index"].ValueSpan, CultureInfo.InvariantCulture)
                : step.Groups["key"].Value),
        ];
    }

    /// <summary>The value at the path; null when nothing is written there.</summary>
    public static SourceNode? Find(SourceObject root, string path)
    {
        (SourceNode found, bool isWhole) = Follow(root, path);
        return isWhole ? found : null;
    }

    /// <summary>Where the value at the path was written, or else the nearest object around it.</summary>
    public static Origin OriginOf(SourceObject root, string path) => Follow(root, path).Found.Origin;

    private static (SourceNode Found, bool IsWhole) Follow(SourceObject root, string path)
    {
        SourceNode at = root;
        foreach (object step in Parse(path) ?? [])
        {
            SourceNode? next = (at, step) switch
            {
                (SourceObject inside, string key) => inside.Find(key)?.Value,
                (SourceArray list, int index) when index < list.Items.Count => list.Items[index],
                _ => null,
            };
            if (next is null)
                return (at, IsWhole: false);
            at = next;
        }

        return (at, IsWhole: true);
    }

    [GeneratedRegex(@"^[A-Za-z$][A-Za-z0-9$_-]*(\[[0-9]{1,6}\])*(\.[A-Za-z$][A-Za-z0-9$_-]*(\[[0-9]{1,6}\])*)*$")]
    private static partial Regex WholePath();

    [GeneratedRegex(@"\[(?<index>[0-9]+)\]|(?<key>[^.\[\]]+)")]
    private static partial Regex Steps();
}
