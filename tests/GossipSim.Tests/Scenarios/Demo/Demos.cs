using GossipSim.Scenarios.Demo;
using GossipSim.Scenarios.Files;

namespace GossipSim.Tests.Scenarios.Demo;

/// <summary>Demos for tests; what is asked for twice is made once, since nothing in it can change.</summary>
internal static class Demos
{
    private static readonly DemoShelf shelf = new(ScenarioLibrary.OfProgram());

    public static DemoSession New(
        int seedNodes = 3, int peers = 8, string rule = "preferentialAttachment", long randomSeed = 1) =>
        new(Choice(seedNodes, peers, rule, randomSeed), ScenarioLibrary.OfProgram());

    /// <summary>Three seed nodes and eight peers.</summary>
    public static DemoSession Usual => shelf.Take(new DemoChoice());

    public static DemoChoice Choice(int seedNodes, int peers, string rule, long randomSeed = 1) => new()
    {
        SeedNodes = seedNodes,
        Peers = peers,
        Rule = DemoRule.All.Single(each => each.Word == rule),
        RandomSeed = randomSeed,
    };

    public static string AllText(this DemoStep step) => string.Join("\n", [step.Title, .. step.Text]);

    public static IReadOnlyList<DemoStep> Titled(this IEnumerable<DemoStep> steps, string words) =>
        [.. steps.Where(step => step.Title.Contains(words, StringComparison.Ordinal))];

    public static IReadOnlyList<DemoStep> AllSteps(this DemoSession session) =>
        [.. DemoPhases.All.SelectMany(session.StepsOf)];

    /// <summary>The links that stand when the steps have been shown.</summary>
    public static HashSet<(int, int)> LinksAfter(IEnumerable<DemoStep> steps)
    {
        var standing = new HashSet<(int, int)>();
        foreach (var link in steps.SelectMany(step => step.Links))
        {
            var ends = (Math.Min(link.One, link.Other), Math.Max(link.One, link.Other));
            if (link.Stands) standing.Add(ends);
            else standing.Remove(ends);
        }

        return standing;
    }
}
