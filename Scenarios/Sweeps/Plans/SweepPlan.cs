using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// All that a sweep is: its cells as complete scenarios, and how often each is repeated. Whoever has the plan needs
/// neither the scenario's file nor what that extends or reads, so any machine can do any part of it.
/// </summary>
internal sealed record SweepPlan
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required SweepProgram Program { get; init; }

    /// <summary>Of the first repeat of every cell; repeats with the same number share all their chances.</summary>
    public required long RandomSeed { get; init; }

    public required SweepSettings Settings { get; init; }

    public required IReadOnlyList<SweepCell> Cells { get; init; }

    public IReadOnlyList<SweepParameter> Parameters => Settings.Parameters;

    public int Repeats => Settings.Repeats;

    public int TaskCount => Cells.Count * Repeats;

    public SweepTask Task(int number) =>
        new(number, Cells[number / Repeats], number % Repeats, RandomSeed + (number % Repeats));

    /// <summary>How messages name a task.</summary>
    public string InWords(SweepTask task) =>
        $"task {task.Number} ({task.Cell.InWords(Parameters)}; random seed {task.RandomSeed})";

    /// <summary>Loads the scenario of every cell, so that all are checked before anything runs.</summary>
    /// <param name="load">The scenario, with more settings after those that the user gave.</param>
    /// <exception cref="UsageException">There is nothing to vary, a cell cannot be, or it is on TCP.</exception>
    public static SweepPlan Of(LoadedScenario loaded, Func<IReadOnlyList<Setting>, LoadedScenario> load)
    {
        var scenario = loaded.Scenario;
        if (scenario.Sweep is not { } sweep)
        {
            throw new UsageException(
                $"{loaded.DisplayName}: there is no \"sweep\" in it that says what to vary, such as --set "
                + "'sweep={\"parameters\":[{\"path\":\"peers.count\",\"values\":[20,40]}]}'");
        }

        var program = new SweepProgram(SourceCommit.Version, SourceCommit.Find(AppContext.BaseDirectory));
        var values = CellDesign.Of(sweep, scenario.RandomSeed);
        return new SweepPlan
        {
            Name = scenario.Name,
            Description = scenario.Description,
            Program = program,
            RandomSeed = scenario.RandomSeed,
            Settings = sweep,
            Cells = [.. values.Select((cell, number) => CellOf(number, cell, sweep.Parameters, load, program))],
        };
    }

    private static SweepCell CellOf(
        int number, IReadOnlyList<ExpectedValue> values, IReadOnlyList<SweepParameter> parameters,
        Func<IReadOnlyList<Setting>, LoadedScenario> load, SweepProgram program)
    {
        var settings = parameters.Select((parameter, index) => Setting.Of(
            $"sweep.parameters[{index}] {parameter.Path}", parameter.Path, SweepCell.JsonOf(values[index])));
        Scenario scenario;
        try
        {
            scenario = load([.. settings]).Scenario with { Sweep = null };
        }
        catch (ScenarioException wrong)
        {
            var cell = new SweepCell(number, values, "", new Lazy<Scenario>());
            throw new UsageException($"cell {number}, {cell.InWords(parameters)}: {wrong.Problems[0]}");
        }

        if (scenario.Runtime == RuntimeKind.Tcp)
        {
            throw new UsageException(
                "sweep simulates: no TCP run can be repeated bit for bit, so a sweep of them could not be resumed or "
                + "put together from shards, and runs beside each other would take each other's ports and time "
                + "(--runtime sim simulates this scenario; run --runs N repeats it on TCP)");
        }

        return new SweepCell(number, values, SweepCell.KeyOf(scenario, program), new Lazy<Scenario>(scenario));
    }
}
