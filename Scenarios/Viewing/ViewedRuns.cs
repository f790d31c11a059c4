using System.Text.Json;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Viewing;

/// <summary>
/// The runs that a page may look at: the one that was asked for, its forks, and what it is a fork of. No name leads
/// anywhere else.
/// </summary>
internal sealed class ViewedRuns
{
    /// <summary>Our choice: two are compared, and the one before them is soon wanted again.</summary>
    private const int MostOpen = 3;

    private readonly Lock gate = new();
    private readonly Dictionary<string, string> folders = [];
    private readonly List<ViewedRun> open = [];

    /// <exception cref="UsageException">The run has no log, or none that can be read.</exception>
    public ViewedRuns(string folder)
    {
        First = Path.GetFileName(folder);
        folders.Add(First, folder);
        Find(First);
        AllowOriginOf(folder);
    }

    /// <summary>The run that was asked for.</summary>
    public string First { get; }

    /// <summary>A fork that was made meanwhile.</summary>
    public void Allow(string folder)
    {
        lock (gate) folders[Path.GetFileName(folder)] = folder;
    }

    /// <exception cref="UsageException">There is no such run.</exception>
    public ViewedRun Find(string id)
    {
        lock (gate)
        {
            if (!folders.TryGetValue(id, out var folder)) throw new UsageException("there is no such run here");
            var run = open.Find(opened => opened.Id == id) ?? ViewedRun.Open(folder);
            open.Remove(run);
            open.Add(run);
            if (open.Count > MostOpen) open.RemoveAt(0);
            return run;
        }
    }

    private void AllowOriginOf(string folder)
    {
        try
        {
            var told = Path.Combine(folder, ForkOutcome.FileName);
            if (!File.Exists(told)) return;
            using var fork = JsonDocument.Parse(File.ReadAllText(told));
            if (!fork.RootElement.TryGetProperty("of", out var name) || name.GetString() is not { } id) return;
            // A name and nothing else: a file that somebody wrote must not lead to other places.
            var origin = Path.Combine(Path.GetDirectoryName(folder)!, Path.GetFileName(id));
            if (File.Exists(Path.Combine(origin, EventLog.FileName))) Allow(origin);
        }
        catch (Exception unreadable)
            when (unreadable is IOException or UnauthorizedAccessException or JsonException
                or InvalidOperationException)
        {
            // The fork can be viewed without what it was forked from.
        }
    }
}
