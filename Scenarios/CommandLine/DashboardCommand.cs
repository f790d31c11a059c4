using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Pages;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>dashboard</c>: a stored run on the page of a live one, at the pace at which it went. A run that goes on now says
/// itself where its page is.
/// </summary>
internal static class DashboardCommand
{
    public const string Name = "dashboard";

    private const double FastestSpeed = 1_000_000;

    public static Command Create(DashboardHandler handler, Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> run = StoredRun.CreateArgument();
        var speed = new Option<double>("--speed")
        {
            Description = "How many times as fast as it was.", HelpName = "N", DefaultValueFactory = _ => 1,
        };
        var command = new Command(Name, "Show a stored run on the live page, as it happened (view moves in its time).")
        {
            run, speed,
        };
        PageOnCommand where = new PageOnCommand().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var options = where.Read(parsed, "dashboard.html");
            var pace = parsed.GetValue(speed);
            if (pace is not (> 0 and <= FastestSpeed))
            {
                throw new UsageException(
                    $"{speed.Name}: found {pace}, allowed is a number above 0 and at most {FastestSpeed}");
            }

            string log = LogOf(parsed.GetValue(run)!, new StoredRun(terminal, library));
            return (int)await handler(new DashboardRequest(log, pace, options), terminal, cancel);
        });
        return command;
    }

    private static string LogOf(string named, StoredRun runs)
    {
        var log = Path.Combine(runs.FolderOf(named), EventLog.FileName);
        return File.Exists(log)
            ? log
            : throw new UsageException($"\"{named}\" has no {EventLog.FileName}: it goes on still, or kept no events");
    }
}

/// <summary>A stored run to be shown.</summary>
/// <param name="Log">Full path of its event log.</param>
/// <param name="Speed">How many times as fast as it was.</param>
internal sealed record DashboardRequest(string Log, double Speed, PageOptions Page);

/// <summary>Shows a stored run on a page until Ctrl-C; composed in Program.</summary>
internal delegate Task<ExitCode> DashboardHandler(
    DashboardRequest request, Terminal terminal, CancellationToken cancel);
