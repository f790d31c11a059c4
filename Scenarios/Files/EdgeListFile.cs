using System.Globalization;

namespace GossipSim.Scenarios.Files;

/// <summary>
/// Reads which peers are linked: two numbers a line, with spaces, a tab or a comma between them. Blank lines and
/// # comments are skipped.
/// </summary>
internal static class EdgeListFile
{
    private static readonly char[] gaps = [' ', '\t', ','];

    /// <exception cref="ScenarioException">Something in it is wrong.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Parse(string text, string source, int peers)
    {
        var links = new List<IReadOnlyList<int>>();
        var rules = new LinkRules(peers);
        string[] lines = text.Split('\n');
        for (int index = 0; index < lines.Length; index++)
        {
            string line = lines[index].Split('#')[0].Trim();
            if (line.Length == 0)
                continue;
            var here = new Origin(source, index + 1, 1);
            int[] ends = NumbersOf(line, here);
            if (rules.ProblemWith(ends) is { } problem)
                throw new ScenarioException(here, problem);
            links.Add(ends);
        }

        if (links.Count > OverlaySettings.MostLinks)
        {
            throw new ScenarioException(
                new Origin(source), $"found {links.Count} links, allowed are 1 to {OverlaySettings.MostLinks}");
        }

        return rules.ProblemWithAll() is { } missing ? throw new ScenarioException(new Origin(source), missing) : links;
    }

    private static int[] NumbersOf(string line, Origin here)
    {
        string[] words = line.Split(gaps, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new int[words.Length];
        for (int index = 0; index < words.Length; index++)
        {
            if (!int.TryParse(words[index], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[index]))
                throw new ScenarioException(here, $"found \"{line}\", allowed are two numbers of peers, such as 0 1");
        }

        return numbers;
    }
}
