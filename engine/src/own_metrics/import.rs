//! From and to files: all of a file is taken over, or nothing of it.

use super::{
    FileForm, OwnMetrics,
    check::with,
    file::{ReadFile, write},
    keep::locked_documents,
};
use crate::{access::Principal, postgres::OrProblem as _};
use model::{
    metric::own::{ImportLine, Imported, ImportedAs, Mistake, OwnMetricFile, OwnMetricId, Rule},
    problem::Problem,
};

impl OwnMetrics {
    /// Takes the metrics of a file over: new ones, and new versions of those that are others in the file. With one mistake
    /// nothing is kept, and all mistakes are told.
    pub async fn import(&self, who: &Principal, text: &str) -> Result<Imported, Problem> {
        let attempting = "import metrics";
        who.require_definer()?;
        let scope = who.scope()?;
        let file = match ReadFile::read(text) {
            Ok(file) => file,
            Err(mistakes) => return Ok(Imported::Refused { mistakes }),
        };
        let mut transaction = self.pool().begin().await.or_problem(attempting)?;
        let before = locked_documents(&mut transaction, who).await?;
        let after = file.metrics.iter().fold(before.clone(), |own, metric| with(&own, metric));
        let mut mistakes: Vec<Mistake> = Vec::new();
        let mut metrics = Vec::with_capacity(file.metrics.len());
        for (index, metric) in file.metrics.iter().enumerate() {
            let now = before.iter().find(|document| document.metric.id == metric.id);
            // One that exists and is not granted may not be written over.
            if let Some(now) = now
                && !self.metrics().is_shown(scope, now)
            {
                let id = metric.id.to_string();
                mistakes.push(file.placed(index, Mistake::new("id", Rule::Taken { id })));
                continue;
            }
            if let Some(now) = now.filter(|now| now.is_retired) {
                let id = now.metric.id.to_string();
                mistakes.push(file.placed(index, Mistake::new("id", Rule::Retired { id })));
                continue;
            }
            if let Some(now) = now.filter(|now| now.metric == *metric) {
                let id = metric.id.clone();
                metrics.push(ImportLine { id, version: now.version, imported: ImportedAs::Unchanged });
                continue;
            }
            let checked = self.metrics().check_own(scope, &before, &after, &metric.id);
            mistakes.extend(checked.mistakes.into_iter().map(|mistake| file.placed(index, mistake)));
            let version = self.write(&mut transaction, who, metric, now.map(|now| now.version), "").await?;
            let imported = if now.is_some() { ImportedAs::NewVersion } else { ImportedAs::New };
            metrics.push(ImportLine { id: metric.id.clone(), version, imported });
        }
        if !mistakes.is_empty() {
            return Ok(Imported::Refused { mistakes });
        }
        transaction.commit().await.or_problem(attempting)?;
        self.loader().load(who.organisation()).await?;
        Ok(Imported::Done { metrics })
    }

    /// Own metrics that are in use as a file: one, or all that this person may know of. For editors.
    pub fn export(&self, who: &Principal, id: Option<&OwnMetricId>, form: FileForm) -> Result<String, Problem> {
        who.require_editor()?;
        let metric = if let Some(id) = id {
            vec![self.find(who, id)?.metric]
        } else {
            let living = self.shown(who).into_iter().filter(|document| !document.is_retired);
            living.map(|document| document.metric).collect()
        };
        Ok(write(&OwnMetricFile { metric }, form))
    }
}
