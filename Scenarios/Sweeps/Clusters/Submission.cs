using System.Text.Json;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Sweeps;

/// <summary>One job array that was handed to Slurm, and the job that puts its results together.</summary>
/// <param name="Shards">Into how many the sweep is cut.</param>
/// <param name="Array">Which of them this job array does.</param>
internal sealed record Submission(string Job, string MergeJob, int Shards, IReadOnlyList<int> Array);

/// <summary><c>slurm/submissions.jsonl</c>: a line for each job array of a sweep.</summary>
internal static class SubmissionLog
{
    private static readonly JsonSerializerOptions oneLine = new(ScenarioJson.Options) { WriteIndented = false };

    public static IReadOnlyList<Submission> Read(string directory) => !File.Exists(FileIn(directory)) ? [] :
    [
        .. File.ReadAllLines(FileIn(directory))
            .Select(line => JsonSerializer.Deserialize<Submission>(line, oneLine)!),
    ];

    public static void Add(string directory, Submission submission)
    {
        var lines = Read(directory).Append(submission).Select(each => JsonSerializer.Serialize(each, oneLine) + "\n");
        WholeFile.Write(FileIn(directory), string.Concat(lines));
    }

    private static string FileIn(string directory) =>
        Path.Combine(directory, SlurmScripts.FolderName, "submissions.jsonl");
}
