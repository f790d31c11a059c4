using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Repeating;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>All results that processes have left in a sweep's folder, whatever became of the processes.</summary>
internal sealed class ResultFolder
{
    public const string Extension = ".jsonl";

    private const string Name = "parts";

    private readonly SweepPlan plan;
    private readonly Repeat?[] results;

    /// <summary>Millions of names of figures are a hundred different ones.</summary>
    private readonly Dictionary<string, string> names = [];

    private ResultFolder(SweepPlan plan) => (this.plan, results) = (plan, new Repeat?[plan.TaskCount]);

    /// <summary>By task; null where there is no result.</summary>
    public IReadOnlyList<Repeat?> Results => results;

    public IReadOnlyList<int> Missing => [.. Enumerable.Range(0, results.Length).Where(task => results[task] is null)];

    public int Done => results.Count(result => result is not null);

    /// <summary>
    /// Lines that somebody did not come to write to their end, and damaged ones. Their tasks are missing.
    /// </summary>
    public int TornLines { get; private set; }

    public static string In(string directory) => Path.Combine(directory, Name);

    /// <param name="directories">Of the same sweep, such as those of machines without a common disk.</param>
    /// <exception cref="UsageException">Results are of something else, or contradict each other.</exception>
    public static ResultFolder Read(SweepPlan plan, params IReadOnlyList<string> directories)
    {
        var folder = new ResultFolder(plan);
        foreach (var directory in directories.Select(In).Where(Directory.Exists))
        {
            foreach (var file in Directory.GetFiles(directory, "*" + Extension).Order(StringComparer.Ordinal))
                folder.ReadPart(file);
        }

        return folder;
    }

    private void ReadPart(string file)
    {
        using var text = new StreamReader(
            new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (text.ReadLine() is { } line)
        {
            if (ResultLine.Read(line) is { } result) Add(result, file);
            else TornLines++;
        }
    }

    private void Add(TaskResult result, string file)
    {
        if (result.Task < 0 || result.Task >= results.Length || plan.Task(result.Task).Cell.Key != result.Key)
            throw new UsageException($"{file}: task {result.Task} is one of another sweep than {PlanFile.FileName}");
        var repeat = result.Repeat with { Figures = WithSharedNames(result.Repeat.Figures) };
        // A process that was taken for dead may have done a task again: it has to have come to the same.
        if (results[result.Task] is { } before && !IsSame(before, repeat))
        {
            throw new UsageException(
                $"{file}: {plan.InWords(plan.Task(result.Task))} has two results that differ; they are of different "
                + "programs or machines. Delete the part that is wrong");
        }

        results[result.Task] = repeat;
    }

    private Dictionary<string, double> WithSharedNames(IReadOnlyDictionary<string, double> figures)
    {
        var shared = new Dictionary<string, double>(figures.Count);
        foreach (var (name, value) in figures)
        {
            if (!names.TryGetValue(name, out var known)) names[name] = known = name;
            shared[known] = value;
        }

        return shared;
    }

    private static bool IsSame(Repeat one, Repeat other) =>
        one.Fingerprint == other.Fingerprint && one.ExitCode == other.ExitCode
        && one.Figures.Count == other.Figures.Count
        && one.Figures.All(figure => other.Figures.TryGetValue(figure.Key, out var value) && value == figure.Value);
}
