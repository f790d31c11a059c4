using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Exploring;

/// <summary>All that was found, grouped by what broke and how.</summary>
internal sealed class FindingCollection
{
    private readonly List<Finding> findings = [];

    /// <summary>Of each finding the first run's scenario, with all its faults.</summary>
    private readonly List<Scenario> scenarios = [];

    private readonly List<Violation> violations = [];

    public IReadOnlyList<Finding> Findings => findings;

    public IReadOnlyList<Violation> Violations => violations;

    public int RunsWithViolations { get; private set; }

    /// <summary>Adds what a run broke, of each invariant the first breach.</summary>
    /// <returns>What nobody broke before in this way.</returns>
    public IReadOnlyList<Finding> Add(Scenario scenario, string repeat, IReadOnlyList<BrokenPromise> broken)
    {
        if (broken.Count > 0) RunsWithViolations++;
        violations.AddRange(broken.Select(promise => ViolationOf(promise, scenario, repeat)));
        var added = new List<Finding>();
        foreach (var promise in broken.DistinctBy(promise => promise.Invariant))
        {
            var place = findings.FindIndex(known =>
                known.Invariant == promise.Invariant && known.Kind == promise.Kind);
            if (place >= 0)
            {
                findings[place] = findings[place] with { Runs = findings[place].Runs + 1 };
                continue;
            }

            var finding = new Finding(promise.Invariant, promise.Kind, ViolationOf(promise, scenario, repeat))
            {
                Runs = 1,
            };
            findings.Add(finding);
            scenarios.Add(scenario);
            added.Add(finding);
        }

        return added;
    }

    /// <summary>Writes a scenario file for each finding, which run, replay and shrink take as it is.</summary>
    public void WriteTo(string directory)
    {
        Directory.CreateDirectory(directory);
        for (var place = 0; place < findings.Count; place++)
        {
            var finding = findings[place];
            var name = $"finding-{place + 1}-{finding.Invariant}";
            var file = Path.Combine(directory, $"{name}.json");
            var scenario = Reproduction.Of(scenarios[place], name, finding.Invariant);
            File.WriteAllText(file, ScenarioJson.Write(scenario));
            findings[place] = finding with { File = file };
        }
    }

    private static Violation ViolationOf(BrokenPromise promise, Scenario scenario, string repeat) => new(
        scenario.RandomSeed, promise.Invariant, promise.Detail, promise.AtSeconds, promise.Nodes, promise.Event,
        repeat);
}
