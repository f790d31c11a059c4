using System.CommandLine;
using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>view</c>: a stored run as a page, back and forth in time.</summary>
internal static class ViewCommand
{
    public const string Name = "view";

    private const string Results = "results";

    private const string Latest = "latest";

    private const string Page = "view.html";

    public static Command Create(ViewHandler view, Terminal terminal, ScenarioLibrary library)
    {
        var run = new Argument<string>("run")
        {
            Description = "The folder of a run, its name in results, or latest.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => Latest,
        };
        var command = new Command(
            Name, "Serve a page on which a stored run is played, searched, and forked, until Ctrl-C.") { run };
        PageOnCommand page = new PageOnCommand().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var request = new ViewRequest(
                FolderOf(parsed.GetValue(run)!, library), page.Read(parsed, Page), library);
            return (int)await view(request, terminal, cancel);
        });
        return command;
    }

    /// <summary>As given, or else below results; links are followed, so that a later run does not change it.</summary>
    private static string FolderOf(string named, ScenarioLibrary library)
    {
        string below = Path.Combine(Results, named);
        bool isBelow = !Directory.Exists(StoredRun.PathOf(named, library))
            && Directory.Exists(StoredRun.PathOf(below, library));
        string folder = StoredRun.FolderOf(isBelow ? below : named, library);
        return new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true)?.FullName
            ?? Path.TrimEndingDirectorySeparator(folder);
    }
}
