using CsCheck;
using McpScript.Model;

namespace McpScript.Core.Tests.Reconcile;

/// <summary>Generates folder models: four plugins, each found or not, loaded or not, failed or not, in one of two folders.</summary>
static class FolderModels
{
    static readonly string[] Names = ["a", "b", "c", "d"];
    static readonly string?[] Folders = [null, FolderModel.One, FolderModel.Two];

    static readonly Gen<string[]> Subsets = Gen.Shuffle(Names, 0, Names.Length);
    static readonly Gen<string?> Folder = Gen.OneOf(Folders);
    static readonly Gen<int> Time = Gen.Int[0, 3];

    static readonly Gen<PluginStage?> Stage =
        Gen.OneOf<PluginStage?>(null, null, PluginStage.Resolve, PluginStage.Compile, PluginStage.Publish, PluginStage.Publish);

    static readonly Gen<Func<FolderModel, string, FolderModel>> Failure = Gen.Select(Stage, Time, Folder, Subsets,
        (stage, at, folder, blockers) => new Func<FolderModel, string, FolderModel>((model, name) => stage switch
        {
            null => model,
            PluginStage.Resolve => model.WithUnresolved(name),
            PluginStage.Publish => model.WithFailed(name, PluginStage.Publish, at, folder, blockedBy: [.. blockers.Where(blocker => blocker != name)]),
            _ => model.WithFailed(name, stage.Value, at, folder),
        }));

    static readonly Gen<Func<FolderModel, string, FolderModel>> Plugin = Gen.Select(Folder, Folder, Time, Failure,
        (found, loaded, at, failure) => new Func<FolderModel, string, FolderModel>((model, name) =>
        {
            model = found is null ? model : model.With(name, found);
            return failure(loaded is null ? model : model.WithLoaded(name, loaded, at), name);
        }));

    static readonly string[] Paths = [.. Names.SelectMany(_ => new[] { FolderModel.One, FolderModel.Two }, FolderModel.PathOf)];

    static readonly Gen<Func<FolderModel, FolderModel>> Disk = Gen.Int[0, 2].Array[Paths.Length].Select(versions => new Func<FolderModel, FolderModel>(
        model => versions.Index().Aggregate(model, (changed, version) => changed.Saved(Paths[version.Index], version.Item))));

    /// <summary>Models in any state.</summary>
    public static readonly Gen<FolderModel> Any = Gen.Select(Plugin.Array[Names.Length], Disk, Subsets.Null(), Subsets, Gen.Shuffle(Folders, 0, 2),
        (plugins, disk, list, refreshed, away) =>
        {
            var model = plugins.Index().Aggregate(FolderModel.Empty, (model, plugin) => plugin.Item(model, Names[plugin.Index]));
            model = list is null ? model : model.List(list);
            return disk(model) with { Refreshed = [.. refreshed.Take(1).Select(name => new PluginReference(name))], Away = [.. away.OfType<string>()] };
        });

    /// <summary>Some of the plugins.</summary>
    public static readonly Gen<PluginReference[]> Some = Subsets.Select(names => names.Select(name => new PluginReference(name)).ToArray());

    /// <summary>An outcome for each plugin.</summary>
    public static readonly Gen<Func<PluginReference, LoadOutcome>> Outcomes = Gen.Enum<LoadOutcome>().Array[Names.Length].Select(outcomes =>
        new Func<PluginReference, LoadOutcome>(reference => outcomes[Array.IndexOf(Names, reference.Name)]));

    /// <summary>The same model with everything in another order.</summary>
    public static Gen<FolderModel> Shuffled(FolderModel model) => Gen.Select(
        Gen.Shuffle(model.Places.ToArray()), Gen.Shuffle(model.Loaded.ToArray()), Gen.Shuffle(model.Failures.ToArray()),
        (places, loaded, failures) => model with { Places = [.. places], Loaded = [.. loaded], Failures = [.. failures] });
}
