using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>
/// The two scripts that Slurm runs: one for each task of the job array, which does the shard of its number, and one
/// that puts the results together. They can be read, changed and submitted by hand; which shards are run is said at
/// submission.
/// </summary>
internal static class SlurmScripts
{
    public const string FolderName = "slurm";

    public const string ArrayFile = "shard.sbatch";

    public const string MergeFile = "merge.sbatch";

    public const string LogFolder = "log";

    public static void Write(string directory, SweepPlan plan, int shards, IReadOnlyList<string> options)
    {
        var folder = Path.Combine(directory, FolderName);
        Directory.CreateDirectory(Path.Combine(folder, LogFolder));
        WholeFile.Write(Path.Combine(folder, ArrayFile), OfArray(plan, shards, options));
        WholeFile.Write(Path.Combine(folder, MergeFile), OfMerge(plan, options));
    }

    /// <param name="options">Of sbatch, such as <c>--partition=main</c>.</param>
    public static string OfArray(SweepPlan plan, int shards, IReadOnlyList<string> options) => Script(
        plan.Name, "%A_%a.txt", [.. options, "--requeue", "--open-mode=append"],
        "# Submit with --array: any of the numbers 0 to " + $"{shards - 1}, from the folder of sweep.json.",
        "exec " + Program("sweep", ".") + $" --shard \"$SLURM_ARRAY_TASK_ID/{shards}\""
            + " --parallel \"${SLURM_CPUS_PER_TASK:-1}\"");

    public static string OfMerge(SweepPlan plan, IReadOnlyList<string> options) => Script(
        plan.Name + "-merge", "merge_%j.txt", options,
        "# Names the tasks that are missing, or writes tables, figures and report.",
        "exec " + Program("sweep", "merge", "."));

    private static string Script(
        string name, string log, IReadOnlyList<string> options, string comment, string command) =>
        string.Join('\n',
        [
            "#!/bin/sh",
            $"#SBATCH --job-name=gossipsim-{name}",
            $"#SBATCH --output={FolderName}/{LogFolder}/{log}",
            .. options.Select(option => $"#SBATCH {option}"),
            comment,
            command,
            "",
        ]);

    /// <summary>The program that runs now: the nodes have the same disk.</summary>
    private static string Program(params string[] arguments) => string.Join(
        ' ', new[] { ProgramLaunch.FileName }.Concat(ProgramLaunch.Arguments(arguments))
            .Select(argument => ShellWords.Quoted(argument, forWindows: false)));
}
